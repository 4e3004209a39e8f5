import { array, type GenericSchema, getDotPath, type InferOutput, object, safeParse, unknown } from 'valibot'
import { Failure } from '../../src-preload/contract/outcome'
import { saidName } from '../../src-preload/contract/plain-text'
import type { Answer } from './answer'

const kindOf = (body: unknown): string => {
  if (typeof body !== 'string') return 'wrong-shape'
  return /^\s*</.test(body) ? 'html' : 'not-json'
}

/**
 * The body as the schema says it must be; fields that the schema does not name are dropped. Fails with `bad-answer`,
 * its `why` being `html`, `not-json` or `wrong-shape` and its `at` the first field that was not as expected.
 */
export const readAs = <S extends GenericSchema>(schema: S, answer: Answer): InferOutput<S> => {
  const result = safeParse(schema, answer.body, { abortEarly: true })
  if (result.success) return result.output
  throw unreadable(answer, getDotPath(result.issues[0]) ?? '')
}

const unreadable = (answer: Answer, at: string): Failure => {
  const { host, pathname } = new URL(answer.url)
  return new Failure('bad-answer', {
    host,
    request: saidName(pathname, 200),
    why: kindOf(answer.body),
    ...(at !== '' && { at: saidName(at, 100) }),
  })
}

/** The one thing of an answer, or nothing where that is not as the schema says. */
export const readIf = <S extends GenericSchema, Row>(
  schema: S,
  answer: Answer,
  toRow: (row: InferOutput<S>) => Row,
): readonly Row[] => {
  const result = safeParse(schema, answer.body)
  return result.success ? [toRow(result.output)] : []
}

/** Rows of one answer, without those that could not be read. */
export interface Rows<Row> {
  readonly rows: readonly Row[]
  /** Rows that were left out. */
  readonly unread: number
  /** What was wrong with the first of them, as `readAs` says it. */
  readonly why: Failure | null
}

const List = array(unknown())

/**
 * The rows of a list as the schema says each must be, and how many were not. `member` names the field of the body that
 * holds them; without it the body is the list. Fails like `readAs` when there is no list.
 */
export const readRows = <S extends GenericSchema, Row>(
  schema: S,
  answer: Answer,
  toRow: (row: InferOutput<S>) => Row,
  member?: string,
): Rows<Row> => {
  const values = member === undefined ? readAs(List, answer) : readAs(object({ [member]: List }), answer)[member]
  const rows: Row[] = []
  let unread = 0
  let why: Failure | null = null
  for (const [index, value] of (values ?? []).entries()) {
    const result = safeParse(schema, value, { abortEarly: true })
    if (result.success) {
      rows.push(toRow(result.output))
      continue
    }
    unread += 1
    why ??= unreadable(answer, [member, index, getDotPath(result.issues[0])].filter((part) => part != null).join('.'))
  }
  return { rows, unread, why }
}
