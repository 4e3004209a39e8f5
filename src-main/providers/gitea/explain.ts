import { Failure } from '../../../src-preload/contract/outcome'
import { messageOf } from '../explain-status'
import type { Answer } from '../http'

/** Gitea's own reading of a refusal; scopes and clashes are told by their words only. */
export const explain = ({ status, body }: Answer): Failure | null => {
  const message = messageOf(body) ?? ''
  if (status === 403) {
    const scope = /required scope\(s\)[^[]*\[([\w:, ]{1,200})\]/.exec(message)?.[1]
    return scope === undefined ? null : new Failure('scope-missing', { scope })
  }
  if (status === 422 && /already been added|used as non-deploy key/i.test(message)) return new Failure('conflict')
  return null
}
