import { safeParse } from 'valibot'
import { Failure } from '../../../src-preload/contract/outcome'
import { messageOf } from '../explain-status'
import type { Answer } from '../http'
import { Refusal } from './schema'

/** GitLab's own reading of a refusal: RFC 6750 errors for tokens, validation messages by field for the rest. */
export const explain = (answer: Answer): Failure | null => {
  const parsed = safeParse(Refusal, answer.body)
  const { error, error_description, scope } = parsed.success
    ? parsed.output
    : { error: '', error_description: '', scope: '' }
  const message = messageOf(answer.body) ?? ''

  if (answer.status === 401 && /revoked/i.test(error_description)) return new Failure('auth-revoked')
  if (answer.status === 403 && error.startsWith('insufficient')) {
    return new Failure('scope-missing', scope === '' ? {} : { scope })
  }
  if (answer.status === 400 && /has already been taken/.test(message)) return new Failure('conflict')
  if (answer.status === 422 && /at least one commit/i.test(message)) return new Failure('repository-empty')
  return null
}
