import { isRecord } from '../call'
import { isoTime } from '../clock'
import type { Credential } from '../credentials'
import { type ForgeState, grantKey } from '../forge-state'
import { json, noContent, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, api, apiUrl } from './api'
import { invalid, notFound } from './errors'
import { accountShape } from './shapes'
import { endFamily } from './tokens'

const bodyToken = async (call: ApiCall): Promise<Credential | Reply> => {
  const body = await call.json()
  const value = isRecord(body) ? body.access_token : undefined
  if (typeof value !== 'string')
    return invalid({ resource: 'Authorization', field: 'access_token', code: 'missing_field' })
  const token = call.forge.credentials.find(value)
  return token && token.app === call.app && call.forge.credentials.usable(token) ? token : notFound()
}

const withToken =
  (handle: (call: ApiCall, token: Credential) => Reply) =>
  async (call: ApiCall): Promise<Reply> => {
    if (call.app?.clientId !== call.params.client) return notFound()
    const token = await bodyToken(call)
    return 'status' in token ? token : handle(call, token)
  }

/** Ends all that a person granted an app. */
export function endGrant(forge: ForgeState, token: Credential): void {
  if (!token.app) return
  forge.grants.delete(grantKey(token.person, token.app))
  for (const other of forge.credentials.of(token.person)) {
    if (other.app === token.app) forge.credentials.end(other, 'revoked')
  }
}

const check = withToken((call, token) =>
  json(200, {
    id: token.id,
    url: `${apiUrl(call)}/authorizations/${token.id}`,
    scopes: token.scopes,
    token: token.value,
    token_last_eight: token.value.slice(-8),
    app: { name: token.app?.name, client_id: token.app?.clientId, url: call.forge.address },
    created_at: isoTime(token.createdAt),
    updated_at: isoTime(token.createdAt),
    expires_at: token.expiresAt === null ? null : isoTime(token.expiresAt),
    user: accountShape(call.forge, token.person),
  }),
)

const removeToken = withToken((call, token) => {
  endFamily(call.forge, token.family, 'revoked')
  return noContent()
})

const removeGrant = withToken((call, token) => {
  endGrant(call.forge, token)
  return noContent()
})

const FORMS = /^(gho|ghu|ghr|ghp)_[A-Za-z0-9]{20,}$|^github_pat_\w{20,}$/
const MOST = 1000

const revokeCredentials = async (call: ApiCall): Promise<Reply> => {
  if (!call.forge.settings.credentialsRevoke) return notFound()
  const body = await call.json()
  const values = isRecord(body) ? body.credentials : undefined
  if (!Array.isArray(values) || values.length === 0 || values.length > MOST) {
    return invalid({ resource: 'Credential', field: 'credentials', code: 'invalid' })
  }
  if (!values.every((value) => typeof value === 'string' && FORMS.test(value))) {
    return invalid({ resource: 'Credential', field: 'credentials', code: 'unprocessable' })
  }
  for (const value of values as readonly string[]) {
    const token = call.forge.credentials.find(value)
    if (token) call.forge.credentials.end(token, 'revoked')
  }
  return json(202, {})
}

/** Ending tokens: with an app's secret, and without any. */
export const revocationRoutes: readonly Route[] = [
  api('POST /applications/:client/token', { auth: 'app' }, check),
  api('DELETE /applications/:client/token', { auth: 'app' }, removeToken),
  api('DELETE /applications/:client/grant', { auth: 'app' }, removeGrant),
  api('POST /credentials/revoke', { auth: 'nobody' }, revokeCredentials),
]
