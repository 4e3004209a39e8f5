import { is } from 'valibot'
import { Failure } from '../../../src-preload/contract/outcome'
import { messageOf } from '../explain-status'
import type { Answer } from '../http'
import { MissingScope } from './schema'

/** Bitbucket's own reading of a refusal; a missing scope is named in the error's details. */
export const explain = ({ status, body }: Answer): Failure | null => {
  if (status === 403 && is(MissingScope, body)) {
    return new Failure('scope-missing', { scope: body.error.detail.required.join(' ') })
  }
  if (status === 403 && /privilege scopes/i.test(messageOf(body) ?? '')) return new Failure('scope-missing')
  if (status === 400 && /already (registered|exists|been added|in use)/i.test(messageOf(body) ?? '')) {
    return new Failure('conflict')
  }
  return null
}
