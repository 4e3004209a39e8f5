import { type GenericSchema, getDotPath, type InferOutput, safeParse } from 'valibot'
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
  const at = getDotPath(result.issues[0]) ?? ''
  const { host, pathname } = new URL(answer.url)
  throw new Failure('bad-answer', {
    host,
    request: saidName(pathname, 200),
    why: kindOf(answer.body),
    ...(at !== '' && { at: saidName(at, 100) }),
  })
}
