import { array, integer, maxLength, maxValue, minLength, minValue, number, object, optional, pipe } from 'valibot'
import { HostKeyEntry } from './entities/ssh-key'
import { method, nothing } from './method'
import { Id, line, text } from './text'

export const hostKeys = {
  /** Published and confirmed keys, by host. */
  list: method(object({ text: optional(text(200), '') }), array(HostKeyEntry)),
  /**
   * Trusts the key that a failure `host-key-unknown` showed: its facts `name`, `port` and `fingerprint`.
   * @throws `conflict` when the host does not show this key (any more)
   */
  confirm: method(
    object({
      host: line(255),
      port: pipe(number(), integer(), minValue(1), maxValue(65_535)),
      fingerprint: line(100),
    }),
    nothing,
  ),
  /**
   * Takes over lines of a known_hosts file (sshd(8)), also `@cert-authority` and `@revoked`; answers how many were new.
   * @throws `key-unreadable` when there is none in the text
   */
  take: method(object({ text: text(262_144) }), number()),
  /** Forgets confirmed keys of a host: the next connection asks again. */
  forget: method(object({ ids: pipe(array(Id), minLength(1), maxLength(50)) }), nothing),
}
