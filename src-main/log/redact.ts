import { safeText, saidText } from '../../src-preload/contract/plain-text'
import { Secret } from '../credentials/secret'
import { hideKnownSecrets } from './known-secrets'

const hidden = '[secret]'
/** Characters of a text that are looked at. */
const readCharacters = 16_000
const most = 50
const deepest = 6

/** A whole key, or the rest of the text where its end is missing (RFC 7468, and OpenSSH's own format). */
const privateKey = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g
/** Scheme; userinfo; host and path; query and fragment (RFC 3986). */
const address = /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/?#"<>]*@)?([^\s?#"<>]*)(?:[?#][^\s"<>]*)?/gi
/** Headers that carry credentials, to the end of their line. */
const header = /\b((?:proxy-)?authorization|(?:set-)?cookie|private-token|x-[a-z-]*token)(["']?\s*[:=]\s*)[^\r\n]+/gi
/** Credentials of an HTTP header (RFC 9110 section 11.4). */
const scheme = /\b(Basic|Bearer)\s+[\w.~+/=-]{6,}/gi
const names =
  'code|state|(?:access_|refresh_|id_|private_|oauth_)?token|client_secret|secret|password|passphrase|code_verifier|device_code|assertion'
/** Form fields (RFC 6749 appendix B), and the same in JSON text. */
const field = new RegExp(`\\b(${names})=[^\\s&"']+`, 'gi')
const member = new RegExp(`(\\\\?")(${names})\\1\\s*:\\s*\\\\?"(?:[^"\\\\]|\\\\.)*"?`, 'gi')
/** Tokens announce themselves by a short prefix and a long random tail; the last one is a JSON Web Token (RFC 7519). */
const token =
  /(?:gh[a-z]_|github_pat_|gl[a-z]{2,6}-|ATBB|ATATT|ATCTT|xox[a-z]-)[\w.=-]{10,}|\beyJ[\w-]{6,}\.[\w-]+\.[\w-]*/g
/** Names of facts whose text is never written down. */
const secretName = /token|secret|passw|passphrase|authorization|cookie|verifier|private_?key|credential/i

/** Without the secrets that are known by value, be they broken up by what hides or commands or not. */
const withoutKnown = (text: string): string => {
  const clean = hideKnownSecrets(text.slice(0, readCharacters), text.length <= readCharacters)
  const safe = safeText(clean)
  return safe === clean ? safe : hideKnownSecrets(safe)
}

/**
 * Takes out of a text every secret that is known by value, and whatever looks like a credential, for what remotes and
 * libraries say: the second net under `Secret`.
 * Addresses lose their user, query and fragment. What hides or commands goes first, so that it can't break up a credential.
 * The result is one line of at most 500 characters.
 */
export const redactText = (text: string): string =>
  saidText(
    withoutKnown(text)
      .replace(privateKey, hidden)
      .replace(member, `"$2": "${hidden}"`)
      .replace(header, `$1$2${hidden}`)
      .replace(address, '$1$2')
      .replace(scheme, `$1 ${hidden}`)
      .replace(field, `$1=${hidden}`)
      .replace(token, hidden),
  )

/** A value as JSON that can be written to a log: secrets by type and by name, text by pattern; bounded in depth and width. */
export const redact = (value: unknown): unknown => redactAt(value, [])

const redactAt = (value: unknown, path: readonly object[]): unknown => {
  if (typeof value === 'string') return redactText(value)
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object') return value === undefined ? undefined : `[${typeof value}]`
  if (value instanceof Secret) return hidden
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof URL) return redactText(value.href)
  if (path.includes(value)) return '[circle]'
  if (path.length >= deepest) return '[deeper]'
  const inside = [...path, value]
  if (value instanceof Error) return redactError(value, inside)
  if (Array.isArray(value)) return value.slice(0, most).map((item) => redactAt(item, inside))
  if (value instanceof Map || value instanceof Set) return `[${value.size} items]`
  return redactMembers(value, inside)
}

const redactMembers = (value: object, path: readonly object[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .slice(0, most)
      .map(([name, item]) => [redactText(name), isSecretText(name, item) ? hidden : redactAt(item, path)]),
  )

const isSecretText = (name: string, item: unknown): boolean =>
  secretName.test(name) && item !== null && (typeof item === 'string' || typeof item === 'object')

const redactError = (error: Error, path: readonly object[]): Record<string, unknown> => ({
  ...redactMembers(error, path),
  name: redactText(error.name),
  message: redactText(error.message),
  // The first lines of a stack repeat the message, which may have several; only the frames are kept.
  stack: (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 20)
    .map(redactText),
  ...(error.cause === undefined ? {} : { cause: redactAt(error.cause, path) }),
})
