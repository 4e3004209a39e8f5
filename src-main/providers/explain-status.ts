import { Failure, type FailureCode } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import type { Answer } from './answer'

const byStatus: Readonly<Record<number, FailureCode>> = {
  400: 'invalid-input',
  401: 'auth-expired',
  403: 'access-restricted',
  404: 'not-found',
  408: 'timed-out',
  409: 'conflict',
  410: 'not-found',
  413: 'invalid-input',
  422: 'invalid-input',
  429: 'rate-limited',
  451: 'access-restricted',
}

/** The common reading of a status (RFC 9110 section 15), where the provider has no better one. */
export const explainStatus = ({ status }: Answer): Failure => {
  if (status >= 500) return new Failure('server-error')
  if (status >= 300 && status < 400) return new Failure('moved')
  const code = ownOf(byStatus, status) ?? 'bad-answer'
  // Whose rule it is only the provider's own reading knows.
  return new Failure(code, code === 'access-restricted' ? { why: 'refused' } : {})
}

const field = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined

/**
 * What the server says went wrong, in the shapes that error bodies have: `message`, `error.message`,
 * `error_description` or `error`. Null when it says nothing or says it in HTML.
 */
export const messageOf = (body: unknown): string | null => {
  const error = field(body, 'error')
  const said = [field(body, 'message'), field(error, 'message'), field(body, 'error_description'), error, body]
  const text = said.find((value) => typeof value === 'string' && value !== '')
  if (typeof text === 'string') return /^\s*</.test(text) ? null : text
  const message = field(body, 'message')
  return message === undefined || message === null ? null : JSON.stringify(message)
}
