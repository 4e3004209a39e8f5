import { Failure } from '../../src-preload/contract/outcome'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Longest wait that a caller is kept for, in ms; a longer one is told instead. */
const longestWaitMs = 10_000

/** Whether a request may be made twice (RFC 9110 section 9.2.2). */
export const isIdempotent = (method: Method): boolean => method === 'GET' || method === 'PUT' || method === 'DELETE'

/** Ms to wait before the same request is worth another try, or null. */
export const retryDelay = (error: unknown, tries: number, now: number): number | null => {
  if (!(error instanceof Failure)) return null
  const { code, facts } = error
  const passing =
    code === 'unreachable' ||
    (code === 'server-error' && facts.status !== '501') ||
    (code === 'bad-answer' && facts.why === 'cut-off') ||
    code === 'rate-limited'
  if (!passing) return null
  if (facts.until === undefined) return 250 * 2 ** (tries - 1) * (0.5 + Math.random() / 2)
  const delay = Number(facts.until) - now
  return delay <= longestWaitMs ? Math.max(delay, 0) : null
}
