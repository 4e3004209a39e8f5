import type { ElectronApplication, Page } from '@playwright/test'
import type { Bridge } from '../../src-preload/contract'
import { launchElectron } from '../fixtures/electron'
import { leave } from '../fixtures/quit'
import { goTo } from '../pages/sidebar'

/** The app in a window that a figure drives. */
export interface Driven {
  readonly app: ElectronApplication
  readonly window: Page
  /** Goes to a screen of the sidebar. */
  goTo(screen: string): Promise<void>
  close(): Promise<void>
}

declare global {
  /** The page's own, in what is evaluated there. */
  var bridge: Bridge
}

/** Ends it, in the end by force. */
export const quit = async (app: ElectronApplication): Promise<void> => {
  const child = app.process()
  if ((await leave(app, child)) === 'process-stays') child.kill('SIGKILL')
}

/** Starts the app on a profile and waits for its first screen. */
export const drive = async (profile: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): Promise<Driven> => {
  const app = await launchElectron({ profile, env, args })
  const window = await app.firstWindow()
  await window.locator('body[data-ready]').waitFor()
  // What runs a TypeScript file names its functions by this helper, which a page does not have.
  await window.evaluate('globalThis.__name = (named) => named')
  return { app, window, goTo: (screen) => goTo(window, screen), close: () => quit(app) }
}

/** Connects an account by a token, as the form does; answers its id. */
export const connect = (window: Page, form: { provider: string; host: string; token: string; username?: string }) =>
  window.evaluate(async (wanted) => {
    const outcome = await bridge.signIns.connectWithToken(wanted)
    if (!outcome.ok) throw new Error(outcome.failure.code)
    const { accountId, failure } = outcome.value
    if (accountId === null) throw new Error(failure?.code ?? 'not connected')
    return accountId
  }, form)

/** Waits until every account's listing rests with rows. */
export const listed = (window: Page, accounts: number, rows: number): Promise<void> =>
  window.evaluate(
    ([wanted, count]) =>
      new Promise<void>((resolve) => {
        const look = async () => {
          const outcome = await bridge.repositories.query({ limit: 1 })
          if (!outcome.ok) return
          const { listings } = outcome.value
          const whole = listings.filter(({ state, completeAt }) => state === 'idle' && completeAt !== null)
          const known = listings.reduce((sum, listing) => sum + listing.count, 0)
          if (whole.length < wanted || known < count) return
          stop()
          resolve()
        }
        const stop = bridge.on('repositories.changed', () => void look())
        void look()
      }),
    [accounts, rows] as const,
  )
