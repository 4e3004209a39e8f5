import { parse } from 'valibot'
import { Deploy } from '../../src-preload/contract/entities/app'
import type { Settings } from '../../src-preload/contract/entities/settings'
import { Failure } from '../../src-preload/contract/outcome'
import type { Vault } from '../credentials/vault'
import type { Accounts } from '../features/accounts/accounts'
import type { Apps } from '../features/apps/create-apps'
import type { Repositories } from '../features/repositories/repositories'
import type { Log } from '../log/log'
import { type Answer, createAnswer } from './answer'
import { anyRow } from './any-row'
import { helpedHosts, setHelpers } from './git-settings'
import { unlocked } from './unlocked'

/** What the terminal needs from the running app. */
export interface TerminalParts {
  readonly accounts: Pick<Accounts, 'list' | 'check' | 'handlers' | 'access'>
  readonly vault: Pick<Vault, 'names'>
  readonly repositories: Pick<Repositories, 'handlers'>
  readonly apps: Pick<Apps, 'list' | 'handlers'>
  /** Calls the listener for each change of a deploy; returns what ends that. */
  readonly onDeploy: (listener: (deploy: Deploy) => void) => () => void
  readonly settings: () => Settings
  /** What git's configuration is told, the first to be asked first. */
  readonly helpers: readonly string[]
  /** The git program that may be used. @throws Failure `git-missing` */
  readonly git: () => Promise<string>
  readonly facts: () => Promise<Readonly<Record<string, string>>>
  readonly log: Log
}

/** The app as the terminal uses it. */
export interface Terminal {
  readonly answer: Answer
  /** Brings git's configuration in line with the setting and the accounts; to be called when either has changed. */
  follow(): void
}

const isOver = ({ state }: Deploy): boolean => state !== 'queued' && state !== 'running'

export const createTerminal = (parts: TerminalParts): Terminal => {
  const { accounts, repositories, apps, settings, helpers, facts, log } = parts
  /** Deploys and waits for the end, which may be announced before the start is answered. */
  const deploy = async (name: string): Promise<Deploy> => {
    const [app, ...others] = apps.list().filter((one) => one.name === name || one.id === name)
    if (app === undefined || others.length > 0) throw new Failure('not-found', { what: name })
    const over = new Map<string, Deploy>()
    let wake = () => {}
    const stop = parts.onDeploy((change) => {
      if (isOver(change)) over.set(change.id, change)
      wake()
    })
    try {
      const started = await apps.handlers.deploy({ id: app.id, commit: null })
      const shown = parse(Deploy, started)
      if (isOver(shown)) return shown
      for (;;) {
        const ended = over.get(shown.id)
        if (ended !== undefined) return ended
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      stop()
    }
  }
  let last: Promise<void> = Promise.resolve()
  let before = ''
  const follow = () => {
    const { useInTerminal, gitPath } = settings()
    const wanted = useInTerminal ? helpedHosts(accounts.access.records()) : []
    const now = JSON.stringify([useInTerminal, gitPath, wanted])
    // Accounts change often, their hosts seldom. What was never switched on is nothing to take back either.
    if (now === before || (before === '' && !useInTerminal)) return
    before = now
    last = last
      .then(async () => setHelpers(await parts.git(), helpers, wanted))
      .catch((error: unknown) => log.warn('git could not be told about the accounts', { error }))
  }
  return {
    answer: createAnswer({
      accounts: {
        list: accounts.list,
        checkAll: async () => {
          await accounts.handlers.refreshAll(undefined)
          return accounts.list()
        },
        check: accounts.check,
      },
      access: accounts.access,
      unlocked: (withinMs) => unlocked(parts.vault, withinMs),
      repositories: async (text) => (await repositories.handlers.query({ ...anyRow, text })).rows,
      deploy,
      facts: async () => ({
        ...(await facts()),
        app: 'running',
        accounts: String(accounts.list().length),
        'git asks': settings().useInTerminal ? 'this app' : 'others',
      }),
    }),
    follow,
  }
}
