import { Failure } from '../../../src-preload/contract/outcome'
import { labelOfDer } from './der-label'
import { formatOf } from './other-formats'

/** A private key as it was found in a text, not decrypted yet. */
export type FoundKey =
  | {
      readonly kind: 'pem'
      /** What stands after `BEGIN`, e.g. `RSA PRIVATE KEY` (RFC 7468 section 2). */
      readonly label: string
      readonly body: Buffer
      /** Cipher and initialization vector of `DEK-Info` (RFC 1421 section 4.6.1.3), or null. */
      readonly dek: { readonly cipher: string; readonly iv: Buffer } | null
      /** Its last line is there. */
      readonly complete: boolean
    }
  | {
      readonly kind: 'putty'
      readonly version: 2 | 3
      readonly type: string
      readonly encryption: string
      readonly comment: string
      readonly publicBlob: Buffer
      readonly privateBlob: Buffer
      readonly mac: string
      /** `Key-Derivation` and the lines of Argon2; empty where there are none. */
      readonly derivation: {
        readonly flavour: string
        readonly memoryKib: number
        readonly passes: number
        readonly parallelism: number
        readonly salt: Buffer
      } | null
    }

const base64Only = /^[A-Za-z0-9+/\s]*={0,2}\s*$/
const labels = 'OPENSSH|RSA|EC|DSA|ENCRYPTED|ECDSA|ED25519'
const pemStart = new RegExp(`-{1,10} {0,4}BEGIN ((?:(?:${labels}) )?PRIVATE KEY) {0,4}-{1,10}`)

const readPem = (text: string): FoundKey | null => {
  const start = pemStart.exec(text)
  if (start === null) return null
  const label = start[1] ?? ''
  const rest = text.slice(start.index + start[0].length)
  const end = /-{1,10} {0,4}END /.exec(rest)
  const inside = end === null ? rest : rest.slice(0, end.index)
  const [named = '', cipher = ''] = /DEK-Info:\s*([A-Za-z0-9-]+),\s*/.exec(inside) ?? []
  const digits = /^DES/i.test(cipher) ? 16 : 32
  const after = named === '' ? inside : inside.slice(inside.indexOf(named) + named.length)
  const iv = named === '' ? '' : after.slice(0, digits)
  const body = after.slice(iv.length).replace(/^[A-Za-z][A-Za-z-]*: .*$/gm, '')
  if (!base64Only.test(body)) return null
  return {
    kind: 'pem',
    label,
    body: Buffer.from(body, 'base64'),
    dek: named === '' ? null : { cipher, iv: Buffer.from(iv, 'hex') },
    complete: end !== null,
  }
}

/** Most characters of a comment that are looked at. */
const longestComment = 1000

/** A PuTTY file is read by its names, so it may have lost its lines. */
const readPutty = (text: string): FoundKey | null => {
  const at = (pattern: RegExp) => pattern.exec(text)?.[1]
  const version = at(/PuTTY-User-Key-File-([23]):/)
  const type = at(/PuTTY-User-Key-File-[23]:\s*([\w@.-]+?)\s*Encryption:/)
  const encryption = at(/Encryption:\s*([\w-]+?)\s*Comment:/)
  // The comment is signed, so nothing that stands before the next name may be taken for a part of it.
  const named = text.slice(text.indexOf('Comment:', text.indexOf('PuTTY-User-Key-File-'))).slice(0, longestComment)
  const comment =
    /^Comment: ?([^\n]*)\n\s*Public-Lines:/.exec(named)?.[1] ??
    /^Comment: ?(?![^\n]*(?:\\[nr]|["'])\s*Public-Lines:)([^\n]*?)[ \t]*Public-Lines:/.exec(named)?.[1]
  const publicLines = at(/Public-Lines:\s*\d+\s+([A-Za-z0-9+/\s]+={0,2})\s*(?:Key-Derivation|Private-Lines):/)
  const privateLines = at(/Private-Lines:\s*\d+\s+([A-Za-z0-9+/\s]+={0,2})\s*Private-MAC:/)
  const mac = at(/Private-MAC:\s*([0-9a-fA-F]+)/)
  if (!version || !type || !encryption || comment === undefined || !publicLines || !privateLines || !mac) return null
  const flavour = at(/Key-Derivation:\s*(Argon2(?:id|i|d))/)
  const count = (name: string) => Number(at(new RegExp(`Argon2-${name}:\\s*(\\d{1,9})`)) ?? 0)
  return {
    kind: 'putty',
    version: version === '2' ? 2 : 3,
    type,
    encryption,
    comment,
    publicBlob: Buffer.from(publicLines, 'base64'),
    privateBlob: Buffer.from(privateLines, 'base64'),
    mac: mac.toLowerCase(),
    derivation:
      flavour === undefined
        ? null
        : {
            flavour,
            memoryKib: count('Memory'),
            passes: count('Passes'),
            parallelism: count('Parallelism'),
            salt: Buffer.from(at(/Argon2-Salt:\s*([0-9a-fA-F]+)/) ?? '', 'hex'),
          },
  }
}

/** A key without its first and last line. */
const readBare = (text: string): FoundKey | null => {
  const bare = text.replace(/["'`,;\s]/g, '')
  if (bare.length < 60 || !base64Only.test(bare)) return null
  const body = Buffer.from(bare, 'base64')
  const label = labelOfDer(body)
  return label === null ? null : { kind: 'pem', label, body, dek: null, complete: true }
}

const clean = (text: string): string =>
  text
    .replace(/\r\n?|[\v\f\u2028\u2029]/g, '\n')
    // Colours of a terminal (ECMA-48), and what has no width.
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .replace(/[\0\p{Cf}]/gu, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, '-')

const characterOf = (digits: string, base: number): string => String.fromCharCode(Number.parseInt(digits, base))

/** One level of escapes, as JSON, YAML, shells and programs write them. */
const unescaped = (text: string): string =>
  text.replace(
    /\\(?:(?:u00|x)([0-7][0-9a-f])|(01[0-5])|([\s\S]))|`([nrt])/gi,
    (_, hex: string | undefined, octal: string | undefined, letter: string | undefined, after: string | undefined) => {
      if (hex !== undefined) return characterOf(hex, 16)
      if (octal !== undefined) return characterOf(octal, 8)
      const one = letter ?? after ?? ''
      return { n: '\n', r: '', t: ' ' }[one] ?? one
    },
  )

/** Percent-encoding, also that of forms, whose `+` is a space. */
const unpercent = (text: string): string =>
  (/%0a/i.test(text) ? text.replaceAll('+', ' ') : text).replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
    characterOf(code, 16),
  )

const unentity = (text: string): string =>
  text
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, '\n')
    .replace(/&#(\d{1,3});/g, (_, code: string) => characterOf(code, 10))
    .replace(/&#x([0-9a-f]{1,2});/gi, (_, code: string) => characterOf(code, 16))

/** Takes away what stands in front of the first line, and the quotes and signs of a text in a program. */
const unprefix = (text: string): string => {
  const [, front = ''] = /^(.{0,80}?)(?:-{1,10} {0,4}BEGIN |PuTTY-User-Key-File-)/m.exec(text) ?? []
  const numbered = /^\s*\d+[:|\s]\s*$/.test(front)
  const line = (one: string) => {
    const bare = numbered
      ? one.replace(/^\s*\d+[:|\s]\s*/, '')
      : one.startsWith(front)
        ? one.slice(front.length)
        : one.startsWith(front.trimEnd())
          ? one.slice(front.trimEnd().length)
          : one
    return bare.replace(/^\s*(?:[+.&]\s*)?["'`]/, '').replace(/(?:["'`]\s*[+,;.)]*|[\\$|\u2502])\s*$/, '')
  }
  return text.split('\n').map(line).join('\n')
}

/** Other signs in place of line breaks; the comma of `DEK-Info` is none. */
const unseparated = (text: string): string => text.replace(text.includes('|') ? /\|/g : /(?<!-CBC),|;/g, '\n')

/** Every run of base64 that holds a key in turn, e.g. a value of a Kubernetes secret. */
const unbase64 = (text: string): string =>
  (
    text
      .replace(/-(?=[A-Za-z0-9_-]{40})/g, '+')
      .replace(/_/g, '/')
      .match(/[A-Za-z0-9+/][A-Za-z0-9+/\s]{58,}={0,2}/g) ?? []
  )
    .map((run) => Buffer.from(run, 'base64').toString('latin1'))
    .find((decoded) => /PRIVATE KEY|PuTTY-User-Key-File-|^[A-Za-z0-9+/=\s]{60,}$/.test(decoded)) ?? text

/** What copying, storing and sending do to a text, each undone once. */
const readings = [unescaped, unprefix, unpercent, unentity, unbase64, unseparated] as const
/** More readings of one text than this no honest one needs, nor more characters in all of them. */
const mostReadings = 60
const mostCharacters = 2_000_000

/** Signs in front of every line that base64 knows, too: of a comparison of files, or numbers of lines. */
const countedLines = /^[ \t]*(?:\+|\d+[ \t]+)(?=-{1,10} {0,4}BEGIN )/m

const read = (text: string): FoundKey | null => readPem(text) ?? readPutty(text) ?? readBare(text)

/**
 * Finds the private key in a text, as it was saved or as people paste it: with text around it, in one line, escaped,
 * quoted, indented, or in base64 once more.
 * @throws Failure `key-unreadable` with its reason, and the `format` where it is known but not read
 */
export const findKey = (text: string): FoundKey => {
  const whole = clean(text)
  const known = new Set(countedLines.test(whole) ? [clean(unprefix(whole)), whole] : [whole])
  const most = Math.min(mostReadings, Math.ceil(mostCharacters / (whole.length + 1)))
  let begun: FoundKey | null = null
  for (const one of known) {
    const found = read(one)
    // What ends too early may be whole in another reading.
    if (found !== null && (found.kind === 'putty' || found.complete)) return found
    begun ??= found
    for (const reading of readings) if (known.size < most) known.add(clean(reading(one)))
  }
  if (begun !== null) return begun
  const all = [...known]
  const format = all.map(formatOf).find((named) => named !== null) ?? null
  if (format === 'public-key') throw new Failure('key-unreadable', { reason: 'public-key' })
  if (format !== null) throw new Failure('key-unreadable', { reason: 'other-format', format })
  const isBegun = all.some((one) => pemStart.test(one) || /PuTTY-User-Key-File-[23]:/.test(one))
  throw new Failure('key-unreadable', { reason: isBegun ? 'format' : 'not-a-key' })
}
