import type { TokenShape } from '../../providers/provider'

/** The characters of tokens (RFC 6750 section 2.1), more of them than anything one remembers. */
const token = '((?!/)[\\w.~+/=-]{12,})'
/** The same where only a digit tells a token from a word. */
const random = token.replace('(', '((?=[\\w.~+/=-]{0,80}\\d)')
/** Where a token stands in shells, headers, addresses and files, most telling place first. */
const places: readonly RegExp[] = [
  `\\b(?:bearer|token)\\s+["']?${token}`,
  `(?:authorization|private-token|job-token|x-[\\w-]{0,40}token)["']?\\s*[:=]\\s*["']?${token}`,
  `:\\/\\/[^\\s:@/]{0,200}:${token}@`,
  `:\\/\\/${random}@`,
  `(?:^|\\s)(?:-u|--user)[=\\s]*["']?[^\\s:"']{1,200}:${token}`,
  `(?:^|\\s)(?:password|--(?:token|password|with-token))[=\\s]+["']?${token}`,
  `\\w{0,40}(?:token|password|passwd|secret|key|pat|auth)\\w{0,40}["']?\\s*[:=]\\s*["']?${random}`,
  `^(?:export\\s+|set\\s+|setx\\s+|\\$env:|-\\s+)?[a-z_][\\w.-]{0,80}["']?\\s*[:=]\\s*["']?${random}`,
  `^["'\`<(\\[{]+${token}["'\`>)\\]},;]+$`,
  `^(?:[$%>#-]\\s+)?${token}[;,]?$`,
].map((place) => new RegExp(place, 'im'))
/** A word that is too long and too mixed for anything but a token, wherever it stands; no part of an address or a path. */
const longWord = /(?<![\w./@~=+-])(?=[a-z_-]*\d)(?=[\d_-]*[a-z])[\w-]{20,}(?![\w/@~+-]|\.\w)/gi

/** Colours and other orders to a terminal (ECMA-48), also where their first character was lost. */
const escapes =
  /(?:\u001b|\u009b|\^\[|\\(?:e|x1b|033|u001b))(?:\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\[[0-9;?]*[ -/]*[@-~])|\[\d+(?:;\d+)*m/gi

const clean = (text: string): string =>
  text
    .replace(escapes, '')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replace(/[\u2018-\u201b\u2032\u00b4]/g, "'")
    .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/\\(["'\\])/g, '$1')
    .replace(/\\[nrt]/g, '\n')
    .trim()

const unpercent = (text: string): string => text.replace(/%3d/gi, '=').replace(/%2b/gi, '+').replace(/%2f/gi, '/')

/** What hosts take in place of a name or a password beside a token. */
const unpaired = (text: string): string => text.replace(/:x-oauth-basic\b/gi, '')

/** A token alone or as `user:token` in base64: in `Authorization: Basic` (RFC 7617), in Docker's file, in a Kubernetes secret. */
const unbase64 = (text: string): string =>
  text.replace(/[A-Za-z0-9+/]{16,}={0,2}/g, (run) => {
    const decoded = unpaired(Buffer.from(run, 'base64').toString('latin1').trim())
    const [, found] = /^(?:[^:\s\x00-\x1f\x7f-\xff]*:)?([\w.~+/=-]{12,})$/.exec(decoded) ?? []
    return found === undefined ? run : `bearer ${found}`
  })

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What was found: a token, the beginning of one that is too short, or nothing that announces itself. */
export type FoundToken =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'too-short' }
  | { readonly kind: 'none'; readonly text: string }

/** Without the full stop of a sentence, which may be a character of a token but never its last. */
const withoutStop = (found: string): string => found.replace(/\.+$/, '')

/** Tokens that begin as one of these shapes, the longest first. */
const shaped = (text: string, shapes: readonly TokenShape[]) =>
  shapes
    .flatMap(({ begins, characters, leastCharacters }) =>
      [...text.matchAll(new RegExp(`(?<![A-Za-z0-9])${escaped(begins)}[${characters}]*`, 'g'))]
        .map(([found]) => withoutStop(found))
        .map((found) => ({ found, whole: found.length >= leastCharacters })),
    )
    .sort((one, other) => Number(other.whole) - Number(one.whole))

/** A token that a terminal or a mail broke into lines; a field of one line turns these into spaces. */
const joinedOf = (text: string): string => text.replace(/["'`]/g, '').replace(/\s+/g, '')

/**
 * Finds the token in what a person pasted: alone, or as it stands in a shell, a header, an address, a file or a terminal.
 * @param shapes how tokens of the provider announce themselves
 */
export const findToken = (pasted: string, shapes: readonly TokenShape[]): FoundToken => {
  const text = unpaired(unpercent(clean(pasted)))
  const decoded = unbase64(text)
  const joined = joinedOf(text)
  const inJoined = shaped(joined, shapes).filter(({ found }) => found === joined)
  const [found] = [...shaped(text, shapes), ...shaped(decoded, shapes), ...inJoined].sort(
    (one, other) => Number(other.whole) - Number(one.whole),
  )
  if (found !== undefined) return found.whole ? { kind: 'token', token: found.found } : { kind: 'too-short' }
  if (/-----BEGIN |^(?:ssh-|ecdsa-|sk-ssh-|sk-ecdsa-|PuTTY-User-Key|SHA256:)/.test(text)) return { kind: 'none', text }
  if (/^[0-9a-f]{40,64}$/i.test(joined)) return { kind: 'token', token: joined }
  for (const place of places) {
    const [, token] = place.exec(decoded) ?? []
    if (token !== undefined) return { kind: 'token', token: withoutStop(token) }
  }
  const [word, ...others] = new Set(text.match(longWord))
  return word !== undefined && others.length === 0 ? { kind: 'token', token: word } : { kind: 'none', text }
}
