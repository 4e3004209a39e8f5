import { createHash } from 'node:crypto'
import {
  array,
  type InferOutput,
  integer,
  literal,
  maxValue,
  minValue,
  number,
  optional,
  pipe,
  safeParse,
  strictObject,
  string,
  tuple,
  variant,
} from 'valibot'
import { Failure } from '../../src-preload/contract/outcome'

const whole = (from: number, to: number) => pipe(number(), integer(), minValue(from), maxValue(to))

/**
 * Who keeps the data key, and what the file has to remember for it. Only wrapped keys are here, never one in the clear.
 * `session` is never written to a disk: it marks the document of a vault that lives in memory.
 */
export const HolderRecord = variant('name', [
  strictObject({ name: literal('keychain'), service: string(), account: string() }),
  strictObject({ name: literal('safe-storage'), wrapped: string() }),
  strictObject({
    name: literal('passphrase'),
    salt: string(),
    /** scrypt parameters (RFC 7914 section 2), bounded so that a changed file can't take all memory. */
    cost: whole(2 ** 14, 2 ** 19),
    blockSize: whole(8, 16),
    parallelism: whole(1, 4),
    wrapped: string(),
  }),
  strictObject({ name: literal('session') }),
])
export type HolderRecord = InferOutput<typeof HolderRecord>

/** Everything in the vault file. Secrets are sealed under the data key, which is elsewhere. */
export const VaultDocument = strictObject({
  format: literal(1),
  /** Random; names the key at its holder, so that a new vault never takes the place of an older one's key. */
  id: string(),
  holder: HolderRecord,
  /** Former holders that still have a copy of the key to be removed. */
  retired: array(HolderRecord),
  /** Opens with the right data key only. */
  check: string(),
  /** Name and sealed value, sorted by name. */
  records: array(tuple([string(), string()])),
  /** Sealed: how often the vault has been written, bound to all the rest. */
  generation: optional(string()),
})
export type VaultDocument = InferOutput<typeof VaultDocument>

const digestOf = (body: string): string => createHash('sha256').update(body).digest('hex')

/** The file's text: two lines, the document and its SHA-256, which tells damage from a wrong key before any key is asked for. */
export const encodeDocument = (document: VaultDocument): string => {
  const body = JSON.stringify(document)
  return `{"vault":${body},\n"sha256":"${digestOf(body)}"}\n`
}

/**
 * Reads what `encodeDocument` wrote. Any other spelling is damage: a single changed bit anywhere is found.
 * @throws Failure `vault-damaged` with `reason`: `format`, `digest`, or `newer` (written by a later version of the app).
 */
export const decodeDocument = (bytes: Buffer): VaultDocument => {
  const text = bytes.toString('utf8')
  const end = text.lastIndexOf(',\n"sha256":"')
  const body = text.slice('{"vault":'.length, end)
  if (end < 0 || !bytes.equals(Buffer.from(`{"vault":${body},\n"sha256":"${digestOf(body)}"}\n`))) {
    throw new Failure('vault-damaged', { reason: 'digest' })
  }
  const json = parseJson(body)
  const parsed = safeParse(VaultDocument, json)
  if (parsed.success) return parsed.output
  const format = (json as { readonly format?: unknown } | null)?.format
  throw new Failure('vault-damaged', { reason: typeof format === 'number' && format > 1 ? 'newer' : 'format' })
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
