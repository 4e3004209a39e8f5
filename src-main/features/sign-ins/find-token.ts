import type { TokenShape } from '../../providers/provider'

/** The characters of tokens (RFC 6750 section 2.1), more of them than anything one remembers. */
const token = '((?!/)[\\w.~+/=-]{12,})'
/** Where a token stands in shells, headers, addresses and files, most telling place first. */
const places: readonly RegExp[] = [
  `\\b(?:bearer|token)\\s+["']?${token}`,
  `(?:authorization|private-token|job-token|x-[\\w-]{0,40}token)["']?\\s*[:=]\\s*["']?${token}`,
  `:\\/\\/[^\\s:@/]{0,200}:${token}@`,
  `(?:^|\\s)(?:-u|--user)[=\\s]*["']?[^\\s:"']{1,200}:${token}`,
  `(?:^|\\s)(?:password|--(?:token|password|with-token))[=\\s]+["']?${token}`,
  `\\w{0,40}(?:token|password|passwd|secret|key|pat|auth)\\w{0,40}["']?\\s*[:=]\\s*["']?${token}`,
  `^(?:export\\s+|set\\s+|setx\\s+|\\$env:|-\\s+)?[a-z_][\\w.-]{0,80}["']?\\s*[:=]\\s*["']?${token}`,
  `^["'\`<(\\[{]+${token}["'\`>)\\]},;]+$`,
  `^(?:[$%>#-]\\s+)?${token}[;,]?$`,
].map((place) => new RegExp(place, 'im'))

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

/** `user:token` as `Authorization: Basic` carries it (RFC 7617). */
const unbasic = (text: string): string =>
  text.replace(/\bbasic\s+([A-Za-z0-9+/]{12,}={0,2})/gi, (whole, encoded: string) => {
    const decoded = Buffer.from(encoded, 'base64').toString('utf8')
    const [, password] = /^[^:]*:([\x21-\x7e]+)$/.exec(decoded) ?? []
    return password === undefined ? whole : `bearer ${password}`
  })

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What was found: a token, the beginning of one that is too short, or nothing that announces itself. */
export type FoundToken =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'too-short' }
  | { readonly kind: 'none'; readonly text: string }

/** Tokens that begin as one of these shapes, the longest first. */
const shaped = (text: string, shapes: readonly TokenShape[]) =>
  shapes
    .flatMap(({ begins, characters, leastCharacters }) =>
      [...text.matchAll(new RegExp(`(?<![A-Za-z0-9])${escaped(begins)}[${characters}]*`, 'g'))].map(([found]) => ({
        found,
        whole: found.length >= leastCharacters,
      })),
    )
    .sort((one, other) => Number(other.whole) - Number(one.whole))

/**
 * Finds the token in what a person pasted: alone, or as it stands in a shell, a header, an address, a file or a terminal.
 * @param shapes how tokens of the provider announce themselves
 */
export const findToken = (pasted: string, shapes: readonly TokenShape[]): FoundToken => {
  const text = unbasic(unpercent(clean(pasted)))
  // A terminal or a mail may have broken it into lines; a field of one line turns these into spaces.
  const joined = shaped(text.replace(/\s+/g, ''), shapes).filter((one) => text.replace(/\s+/g, '') === one.found)
  const [found] = [...shaped(text, shapes), ...joined].sort((one, other) => Number(other.whole) - Number(one.whole))
  if (found !== undefined) return found.whole ? { kind: 'token', token: found.found } : { kind: 'too-short' }
  if (/-----BEGIN |^(?:ssh-|ecdsa-|sk-ssh-|sk-ecdsa-|PuTTY-User-Key|SHA256:)/.test(text)) return { kind: 'none', text }
  for (const place of places) {
    const [, token] = place.exec(text) ?? []
    if (token !== undefined) return { kind: 'token', token }
  }
  return { kind: 'none', text }
}
