import type { SignIn } from '../../../src-preload/contract/entities/sign-in'
import type { FailureData } from '../../../src-preload/contract/outcome'
import type { Ladder } from '../../oauth/callback-ladder'
import type { OAuthClient } from '../../oauth/token-call'
import type { Provider, SignInOffer } from '../../providers/provider'
import type { AccountRecord } from '../accounts/account-record'

/** What is told of the account that came of it. */
export type ConnectedAccount = Pick<AccountRecord, 'id' | 'login' | 'repositoryCount'>

/** Where a sign-in stands. Every stage holds what is true in it and nothing else. */
export type Stage =
  | Waiting
  | { readonly phase: 'exchanging' | 'checking' | 'cancelled' }
  | { readonly phase: 'different-person'; readonly login: string; readonly keep: () => Promise<ConnectedAccount> }
  | {
      readonly phase: 'connected'
      readonly accountId: string
      readonly login: string
      readonly repositoryCount: number | null
    }
  | { readonly phase: 'failed'; readonly failure: FailureData }

/** Waits for the browser. `failure` is something that went wrong without ending it, e.g. an answer that was not ours. */
export type Waiting = {
  readonly phase: 'waiting'
  /** The whole address that was opened. It holds the state and stays in main. */
  readonly page: string
  /** Unix ms. */
  readonly expiresAt: number
  readonly failure: FailureData | null
} & (
  | { readonly way: 'redirect'; readonly ladder: Ladder; readonly redirectUri: string }
  | { readonly way: 'device'; readonly userCode: string; readonly verificationUri: string }
)

/** A sign-in, from its first click to its end. One object a sign-in; only `current-sign-in.ts` changes its stage. */
export interface LiveSignIn {
  readonly id: string
  readonly provider: Provider
  readonly host: string
  readonly offer: SignInOffer
  /** The OAuth app, or null for a token. */
  readonly client: OAuthClient | null
  readonly reconnects: string | null
  readonly deploys: boolean
  /** Aborted at its end: whatever it still does is stopped. */
  readonly ended: AbortController
  /** What to stop when it waits no longer: a listener, a timer, polling. */
  readonly whileWaiting: Set<() => void>
  way: 'redirect' | 'device' | 'token'
  /** The token as it is shown, where it was found in a longer text. */
  tokenFound?: string | null
  stage: Stage
}

/** Whether nothing more can come of it. */
export const isOver = ({ phase }: Stage): boolean =>
  phase === 'connected' || phase === 'failed' || phase === 'cancelled'

/** What the window may know of it. */
export const toSignIn = (live: LiveSignIn): SignIn => {
  const { stage, offer } = live
  const waiting = stage.phase === 'waiting' ? stage : null
  const redirect = waiting?.way === 'redirect' ? waiting : null
  const device = waiting?.way === 'device' ? waiting : null
  return {
    id: live.id,
    provider: live.provider.id,
    host: live.host,
    way: live.way,
    reconnects: live.reconnects,
    deploys: live.deploys,
    phase: stage.phase,
    road: redirect?.ladder.road ?? null,
    otherRoads: [...(redirect?.ladder.others ?? [])],
    opens: waiting ? withoutQuery(waiting.page) : null,
    userCode: device?.userCode ?? null,
    verificationUri: device?.verificationUri ?? null,
    canUseDevice: offer.device !== undefined && live.client !== null,
    canUseToken: offer.token !== undefined,
    expiresAt: waiting?.expiresAt ?? null,
    failure: 'failure' in stage ? stage.failure : null,
    accountId: stage.phase === 'connected' ? stage.accountId : null,
    login: 'login' in stage ? stage.login : null,
    repositoryCount: stage.phase === 'connected' ? stage.repositoryCount : null,
    ...(live.tokenFound && { tokenFound: live.tokenFound }),
  }
}

const withoutQuery = (address: string): string => {
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname}`
}
