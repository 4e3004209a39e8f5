import type { contract } from '../../../src-preload/contract'
import type { Handlers } from '../../../src-preload/contract/method'
import type { SignInLink } from '../../deep-link/parse'
import { createPendingSignIns } from '../../oauth/pending-sign-ins'
import { createCallbacks } from './callbacks'
import { createCurrentSignIn } from './current-sign-in'
import type { FlowParts } from './flow'
import { createSignInHandlers } from './handlers'
import { createKeptSignIn } from './kept-sign-in'
import type { SignInPorts } from './ports'
import { createRedirectFlow } from './redirect-flow'

/** The sign-in feature as the rest of the app uses it. */
export interface SignIns {
  readonly handlers: Handlers<(typeof contract)['signIns']>
  /** Takes a link that the system delivered. Resolves when all that follows from it has happened; never rejects. */
  handleDeepLink(link: SignInLink): Promise<void>
  /** Completes the "Connected" page once the account's repositories have been counted. */
  noteRepositoryCount(accountId: string, count: number): void
}

/** Wires signing in: one sign-in at a time, whose stages main announces. */
export const createSignIns = (ports: SignInPorts): SignIns => {
  const pending = createPendingSignIns(ports.clock.now)
  const kept = createKeptSignIn(ports)
  const current = createCurrentSignIn(ports, (live) => {
    pending.drop(live.id)
    void kept.forget()
  })
  const parts: FlowParts = { ports, current, pending, kept }
  const redirect = createRedirectFlow(parts, (reason) => callbacks.ignore(reason))
  const callbacks = createCallbacks(parts, redirect)
  return {
    handlers: createSignInHandlers(parts, redirect),
    handleDeepLink: callbacks.handleDeepLink,
    noteRepositoryCount: current.noteRepositoryCount,
  }
}
