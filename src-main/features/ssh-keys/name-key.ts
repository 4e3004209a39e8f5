import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { Failure, type FailureCode } from '../../../src-preload/contract/outcome'

/** Failures that are about the key that was offered. */
const ofKey: readonly FailureCode[] = ['publickey-denied', 'key-type-refused', 'too-many-attempts']

/** Says in a failure which key was offered, so that a person knows the one to add: `key` (id), `type`, `fingerprint`, and when its certificate ended. */
export const nameKey = (
  failure: Failure,
  { id, type, fingerprint, certificate = null }: Pick<SshKey, 'id' | 'type' | 'fingerprint'> & Partial<SshKey>,
): Failure => {
  if (!ofKey.includes(failure.code)) return failure
  const until = certificate?.validUntil ?? null
  const over = until === null || until > Date.now() ? {} : { certificateUntil: String(until) }
  return new Failure(failure.code, { ...failure.facts, key: id, type, fingerprint, ...over }, { cause: failure })
}
