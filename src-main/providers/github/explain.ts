import { safeParse } from 'valibot'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Answer } from '../http'
import { Refusal } from './schema'
import { lackingScope } from './scopes'

const refusalOf = ({ body }: Answer): { readonly message: string; readonly details: string } => {
  const parsed = safeParse(Refusal, body)
  if (!parsed.success) return { message: '', details: '' }
  const details = parsed.output.errors.map((error) =>
    typeof error === 'string' ? error : (error.message ?? `${error.field ?? ''} ${error.code ?? ''}`.trim()),
  )
  return { message: parsed.output.message, details: details.join('; ') }
}

/** The address of `X-GitHub-SSO: required; url=...`; it is valid for an hour. */
const singleSignOnUrl = ({ headers }: Answer): string | null =>
  /^required;\s*url=(https?:\/\/\S+)$/.exec(headers['x-github-sso'] ?? '')?.[1] ?? null

const explainForbidden = (answer: Answer, message: string): Failure | null => {
  const url = singleSignOnUrl(answer)
  if (url !== null) return new Failure('sso-required', { url })
  if (/OAuth App access restrictions/i.test(message)) {
    const owner = /the `([^`]{1,100})` organization/.exec(message)?.[1]
    return new Failure('access-restricted', owner === undefined ? {} : { owner })
  }
  if (/secondary rate limit|abuse detection|Maximum number of login attempts/i.test(message)) {
    return new Failure('rate-limited')
  }
  if (/Resource not accessible by/i.test(message)) {
    const permission = answer.headers['x-accepted-github-permissions']
    return new Failure('scope-missing', permission === undefined ? {} : { scope: permission })
  }
  const scope = lackingScope(answer)
  return scope === null ? null : new Failure('scope-missing', { scope })
}

/** GitHub's own reading of a refusal; docs.github.com, "Troubleshooting the REST API". */
export const explain = (answer: Answer): Failure | null => {
  const { message, details } = refusalOf(answer)
  if (answer.status === 403) return explainForbidden(answer, message)
  if (answer.status === 404) {
    const scope = lackingScope(answer)
    return scope === null ? null : new Failure('scope-missing', { scope })
  }
  if (answer.status === 409 && /repository is empty/i.test(message)) return new Failure('repository-empty')
  if (answer.status === 422 && details !== '') return new Failure('invalid-input', { message: details })
  return null
}
