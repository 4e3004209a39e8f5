import { maxLength, minLength, pipe, regex, string, transform, trim } from 'valibot'
import { saidText } from './plain-text'

/** Text that a person typed or a server sent: at most `limit` characters (UTF-16 units). */
export const text = (limit: number) => pipe(string(), maxLength(limit))

/** An identifier made by us or by a provider: 1 to 200 printable characters. */
export const Id = pipe(string(), minLength(1), maxLength(200), regex(/^[\x21-\x7e]+$/))

/** One line that a person typed: trimmed, 1 to `limit` characters, no control characters. */
export const line = (limit: number) =>
  pipe(string(), trim(), minLength(1), maxLength(limit), regex(/^[^\x00-\x1f\x7f]*$/))

/** A password-like value on its way into main. It never comes back. */
export const SecretInput = pipe(string(), minLength(1), maxLength(65536))

/**
 * A text that no host writes, told whole and with its lines: what a person typed or picked, a public key, a page's mark.
 * Any other text that leaves main is on one line and at most 500 characters long, whether its schema is `Said` or not.
 */
export const Whole = pipe(
  string(),
  transform((value): string => value),
)

/** What a host, a server or git said. It leaves main without terminal sequences and marks that reorder, and short. */
export const Said = pipe(string(), transform(saidText))
