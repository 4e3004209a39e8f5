import { randomUUID } from 'node:crypto'
import { Failure } from '../../../src-preload/contract/outcome'
import type { HttpCredential } from '../../credentials/credential'
import type { PendingSignIns } from '../../oauth/pending-sign-ins'
import type { OAuthClient, TokenCall } from '../../oauth/token-call'
import type { Provider } from '../../providers/provider'
import type { CurrentSignIn } from './current-sign-in'
import type { KeptSignIn } from './kept-sign-in'
import { offerFor } from './offer-for'
import type { SignInPorts } from './ports'
import type { ConnectedAccount, LiveSignIn, Waiting } from './stage'

/** What every way of signing in works with. */
export interface FlowParts {
  readonly ports: SignInPorts
  readonly current: CurrentSignIn
  readonly pending: PendingSignIns
  readonly kept: KeptSignIn
}

/** A way that is ready to be entered. */
export interface Prepared {
  readonly stage: Waiting
  /** Called once the stage was entered: opens the browser, starts to ask. */
  readonly launch: () => void
  /** Called instead when it is not wanted any more. */
  readonly discard: () => void
}

/** A sign-in that has not begun yet. */
export const newSignIn = (
  {
    deploys = false,
    ...subject
  }: {
    readonly provider: Provider
    readonly host: string
    readonly reconnects: string | null
    readonly deploys?: boolean
  },
  way: LiveSignIn['way'],
  client: OAuthClient | null,
  id: string = randomUUID(),
): LiveSignIn => ({
  ...subject,
  deploys,
  id,
  way,
  client,
  offer: offerFor(subject.provider.signIn(subject.host, client?.clientId ?? null), deploys),
  ended: new AbortController(),
  whileWaiting: new Set(),
  stage: { phase: 'checking' },
})

/** The parts of a call to this sign-in's token endpoint. @throws Failure `client-id-missing` */
export const callOf = ({ ports }: FlowParts, live: LiveSignIn, signal: AbortSignal = live.ended.signal): TokenCall => {
  const { offer, host, client } = live
  if (client === null) throw new Failure('client-id-missing', { missing: 'client-id' })
  return { offer, host, client, fetch: ports.fetch, now: ports.clock.now, signal }
}

/** Hands a credential to the accounts and follows what comes of it. */
export const connect = async (parts: FlowParts, live: LiveSignIn, credential: HttpCredential): Promise<void> => {
  const { ports, current } = parts
  if (live.stage.phase !== 'checking' && !current.enter(live, { phase: 'checking' })) return
  try {
    const { provider, host, reconnects, ended } = live
    const request = { provider: provider.id, host, credential, reconnects, signal: ended.signal }
    const result = await ports.accounts.connect(request)
    if (result.kind === 'connected') finish(parts, live, { ...result.account, repositoryCount: result.repositoryCount })
    else current.enter(live, { phase: 'different-person', login: result.login, keep: () => result.keep() })
  } catch (error) {
    current.fail(live, error)
  }
}

/** Makes an account of its own of a credential that was met to be somebody else's. */
export const keepAsNew = async (parts: FlowParts, live: LiveSignIn): Promise<void> => {
  const { stage } = live
  if (stage.phase !== 'different-person') throw new Failure('sign-in-expired')
  parts.current.enter(live, { phase: 'checking' })
  try {
    finish(parts, live, await stage.keep())
  } catch (error) {
    parts.current.fail(live, error)
  }
}

const finish = ({ current }: FlowParts, live: LiveSignIn, { id, login, repositoryCount }: ConnectedAccount): void => {
  current.enter(live, { phase: 'connected', accountId: id, login, repositoryCount })
}

/** Opens the page in the browser. Where that fails the sign-in still waits, and its link can be copied. */
export const openPage = ({ ports, current }: FlowParts, live: LiveSignIn, page: string): void => {
  ports.openInBrowser(page).catch((error: unknown) => {
    const { stage } = live
    if (stage.phase !== 'waiting' || stage.page !== page) return
    // Its message may repeat the address, and with it the state.
    const name = error instanceof Error ? error.name : typeof error
    ports.log.error('The browser could not be opened', { signIn: live.id, name })
    current.enter(live, { ...stage, failure: { code: 'unexpected', facts: { reason: 'browser' } } })
  })
}
