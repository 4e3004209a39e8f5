import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { Failure, type FailureCode } from '../../../src-preload/contract/outcome'

/** Failures that are about the key that was offered. */
const ofKey: readonly FailureCode[] = ['publickey-denied', 'key-type-refused', 'too-many-attempts']

/** Says in a failure which key was offered, so that a person knows the one to add: `key` (id), `type`, `fingerprint`. */
export const nameKey = (failure: Failure, key: Pick<SshKey, 'id' | 'type' | 'fingerprint'>): Failure =>
  ofKey.includes(failure.code)
    ? new Failure(
        failure.code,
        { ...failure.facts, key: key.id, type: key.type, fingerprint: key.fingerprint },
        { cause: failure },
      )
    : failure
