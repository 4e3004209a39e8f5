import { type InferOutput, nullable, number, object, safeParse, string } from 'valibot'
import { Secret } from '../../credentials/secret'
import { createPendingSignIns, type PendingSignIn, type PendingSignIns, type Taken } from '../../oauth/pending-sign-ins'
import type { SignInPorts } from './ports'

/** The vault record's name. */
const name = 'sign-in/pending'

const Record = object({
  state: string(),
  verifier: string(),
  signIn: string(),
  provider: string(),
  host: string(),
  clientId: string(),
  redirectUri: string(),
  reconnects: nullable(string()),
  createdAt: number(),
})

/**
 * Keeps the request whose answer comes by deep link in the vault: the app may be closed while the person is in the
 * browser, and is then started by the answer itself. One record, since there is one sign-in at a time.
 */
export interface KeptSignIn {
  keep(pending: PendingSignIn): void
  /** Resolves when nothing is left on disk; at once while the vault is not open yet, as then nothing has got there. */
  forget(): Promise<void>
  /** Takes what an earlier run of the app left, once, unless this run has begun a sign-in itself. */
  take(state: Secret, at: number): Promise<Taken>
}

export const createKeptSignIn = ({ vault, log, clock }: Pick<SignInPorts, 'vault' | 'log' | 'clock'>): KeptSignIn => {
  let queue: Promise<void> = Promise.resolve()
  let onDisk = false
  let earlier: Promise<PendingSignIns> | null = null

  // A vault that cannot be written to costs the way back after a restart, not the sign-in.
  const attempt = (step: () => Promise<void>): Promise<void> => {
    queue = queue.then(step).catch((error: unknown) => log.error('A sign-in could not be kept', { error }))
    return queue
  }

  const read = async (): Promise<PendingSignIns> => {
    const secret = await vault.get(name).catch((error: unknown) => {
      log.error('A kept sign-in could not be read', { error })
      return null
    })
    if (secret !== null) onDisk = true
    const pending = secret && toPending(secret)
    const requests = createPendingSignIns(clock.now)
    if (pending) requests.add(pending)
    return requests
  }

  const supersede = () => {
    earlier = Promise.resolve(createPendingSignIns(clock.now))
  }

  return {
    keep: (pending) => {
      supersede()
      void attempt(async () => {
        await vault.set(name, toSecret(pending))
        onDisk = true
      })
    },
    forget: async () => {
      supersede()
      const wasOnDisk = onDisk
      const removed = attempt(async () => {
        if (!onDisk) return
        await vault.delete(name)
        onDisk = false
      })
      if (wasOnDisk) await removed
    },
    take: async (state, at) => {
      earlier ??= read()
      const asked = earlier
      const requests = await asked
      return asked === earlier ? requests.take(state, at) : { kind: 'unknown' }
    },
  }
}

const toSecret = ({ state, verifier, ...facts }: PendingSignIn): Secret => {
  const record: InferOutput<typeof Record> = { ...facts, state: state.reveal(), verifier: verifier.reveal() }
  return new Secret(JSON.stringify(record))
}

const toPending = (secret: Secret): PendingSignIn | null => {
  let value: unknown
  try {
    value = JSON.parse(secret.reveal())
  } catch {
    return null
  }
  const record = safeParse(Record, value)
  if (!record.success) return null
  const { state, verifier, ...facts } = record.output
  return { ...facts, state: new Secret(state), verifier: new Secret(verifier) }
}
