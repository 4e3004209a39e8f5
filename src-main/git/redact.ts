import { saidName } from '../../src-preload/contract/plain-text'
import type { Secret } from '../credentials/secret'
import { createRedaction } from '../redaction/redaction'

const shown = '[secret]'
/** Characters of a line that are looked at. */
const longest = 4096

/** `user:password@` and `user@` in an address (RFC 3986 section 3.2.1). */
const userinfo = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]*(?:@[^\s/@]*)*@/gi
/** Credentials of an HTTP header (RFC 7235 section 2.1). */
const header = /\b(Basic|Bearer)\s+[\w.~+/=-]{8,}/gi
const query = /\b((?:access_|private_|oauth_)?token|password|secret)=[^\s&]+/gi
/** Tokens announce themselves by a short prefix and a long random tail, e.g. `ghp_`, `glpat-`, `ATBB`. */
const tokens = /\b(?:gh[a-z]_|github_pat_|gl[a-z]{2,6}-|ATBB|ATATT|ATCTT)[\w.=-]{16,}/g

/**
 * One line that a remote or git said, fit to be shown and logged: no control character, no credential.
 * `secrets` are values known to be in play; they are cut out wherever they stand. At most 500 characters.
 */
export const cleanLine = (text: string, secrets: readonly Secret[] = []): string => {
  const whole = saidName(text, longest)
  const clean = secrets.length === 0 ? whole : createRedaction(secrets.map((secret) => secret.reveal())).text(whole)
  return saidName(
    clean.replace(userinfo, '$1').replace(header, `$1 ${shown}`).replace(query, `$1=${shown}`).replace(tokens, shown),
    500,
  )
}
