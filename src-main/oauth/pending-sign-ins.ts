import { createHash, timingSafeEqual } from 'node:crypto'
import type { Secret } from '../credentials/secret'

/** An authorization request that waits for its answer, and all that the answer has to belong to. */
export interface PendingSignIn {
  readonly state: Secret
  readonly verifier: Secret
  /** The sign-in that asked. */
  readonly signIn: string
  readonly provider: string
  readonly host: string
  readonly clientId: string
  readonly redirectUri: string
  /** The account that is to be reconnected, or null for a new one. */
  readonly reconnects: string | null
  /** Unix ms. */
  readonly createdAt: number
}

/** Whose answer a state is. `spent`: it was taken before, or its sign-in has ended. */
export type Taken =
  | { readonly kind: 'found'; readonly pending: PendingSignIn }
  | { readonly kind: 'spent' | 'expired' | 'unknown' }

/** How long an answer may take, in ms: as long as providers keep a code alive. */
export const answerTime = 10 * 60_000

/** How many states are remembered as spent, only to tell a person why an old link does nothing. */
const remembered = 50

/** The requests under way, each good for one answer within ten minutes. */
export interface PendingSignIns {
  add(pending: PendingSignIn): void
  /** Finds the request that a state belongs to and forgets it at once, before anything is done with the answer. */
  take(state: Secret, at?: number): Taken
  /** Forgets all requests of a sign-in. */
  drop(signIn: string): void
}

export const createPendingSignIns = (now: () => number): PendingSignIns => {
  let waiting: readonly { readonly digest: Buffer; readonly pending: PendingSignIn }[] = []
  let spent: readonly Buffer[] = []

  const spend = (digests: readonly Buffer[]) => {
    waiting = waiting.filter(({ digest }) => !digests.includes(digest))
    spent = [...spent, ...digests].slice(-remembered)
  }

  return {
    add: (pending) => {
      waiting = [...waiting, { digest: digestOf(pending.state), pending }]
    },
    take: (state, at = now()) => {
      const digest = digestOf(state)
      // Digests of equal length, each compared in constant time: how long it takes says nothing about a near miss.
      const found = waiting.filter((one) => timingSafeEqual(one.digest, digest))[0]
      if (!found) return { kind: spent.some((one) => timingSafeEqual(one, digest)) ? 'spent' : 'unknown' }
      spend([found.digest])
      // Also after the computer's clock was set back.
      const age = Math.abs(at - found.pending.createdAt)
      return age < answerTime ? { kind: 'found', pending: found.pending } : { kind: 'expired' }
    },
    drop: (signIn) => spend(waiting.filter(({ pending }) => pending.signIn === signIn).map(({ digest }) => digest)),
  }
}

const digestOf = (state: Secret): Buffer => createHash('sha256').update(state.reveal(), 'utf8').digest()
