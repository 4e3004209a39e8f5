import type { Call } from '../call'
import { json, type Reply } from '../reply'

const DOCUMENTATION = 'https://docs.github.com/rest'

/** The body every refusal of the REST API has. */
export const refusal = (status: number, message: string, headers: Reply['headers'] = {}): Reply =>
  json(status, { message, documentation_url: DOCUMENTATION, status: String(status) }, headers)

/** Also what a private resource answers to somebody who may not know that it exists. */
export const notFound = (): Reply => refusal(404, 'Not Found')

export const badCredentials = (): Reply => refusal(401, 'Bad credentials')

/** One reason of a 422. */
export interface Invalid {
  readonly resource: string
  readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom'
  readonly field?: string
  readonly message?: string
}

export const invalid = (...errors: readonly Invalid[]): Reply =>
  json(422, { message: 'Validation Failed', errors, documentation_url: DOCUMENTATION, status: '422' })

/** A 422 that names a rule of the request instead of a field. */
export const unprocessable = (message: string): Reply => refusal(422, message)

/** The page of an address that does not exist. */
export const isWebRequest = (call: Call): boolean => String(call.headers.accept ?? '').includes('text/html')
