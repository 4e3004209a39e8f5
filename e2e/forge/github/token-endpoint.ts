import type { Call } from '../call'
import type { OAuthApp } from '../credentials'
import { json, type Reply, reply } from '../reply'
import { type Route, route } from '../router'
import { answersChallenge, pollDevice } from '../sign-in'
import { normalizedScopes, scopeList } from './scopes'
import { type Issued, issueTokens, refreshTokens } from './tokens'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** Words of docs.github.com, "Troubleshooting OAuth app access token request errors" and "Error codes for the device flow". */
const WORDS: Readonly<Record<string, string>> = {
  incorrect_client_credentials: 'The client_id and/or client_secret passed are incorrect.',
  redirect_uri_mismatch: 'The redirect_uri MUST match the registered callback URL for this application.',
  bad_verification_code: 'The code passed is incorrect or expired.',
  bad_refresh_token: 'The refresh token passed is incorrect or expired.',
  unsupported_grant_type: 'The grant type is not supported.',
  device_flow_disabled: 'Device Flow must be explicitly enabled for this App',
  incorrect_device_code: 'The device_code provided is not valid.',
  authorization_pending: 'The authorization request is still pending.',
  slow_down: 'Too many requests have been made in the same timeframe.',
  expired_token: 'The `device_code` has expired.',
  access_denied: 'The authorization request was denied.',
}

/** Answers in the form that was asked for; without an `Accept` it is a form's. */
const answer = (call: Call, fields: object): Reply => {
  if (String(call.headers.accept ?? '').includes('json')) return json(200, fields)
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)])
  return reply(200, new URLSearchParams(pairs).toString(), {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  })
}

/** GitHub's token endpoint refuses with 200. */
const refuse = (call: Call, error: string, more: object = {}): Reply =>
  answer(call, {
    error,
    error_description: WORDS[error] ?? error,
    error_uri: `${call.forge.address}/apps/oauth-errors#${error}`,
    ...more,
  })

const exchangeCode = (call: Call, app: OAuthApp, fields: URLSearchParams): Issued | string => {
  const { forge } = call
  if (fields.get('client_secret') !== app.clientSecret) return 'incorrect_client_credentials'
  const code = forge.signIns.code(fields.get('code') ?? '')
  if (!code || code.app !== app || code.used || code.expiresAt <= forge.clock.now()) return 'bad_verification_code'
  if (fields.has('redirect_uri') && fields.get('redirect_uri') !== code.redirectUri) return 'redirect_uri_mismatch'
  if (code.challenge && !answersChallenge(code.challenge, fields.get('code_verifier'))) return 'bad_verification_code'
  code.used = true
  return issueTokens(forge, { ...code, via: 'redirect' })
}

const refresh = (call: Call, app: OAuthApp, fields: URLSearchParams): Issued | string => {
  const { forge } = call
  const token = forge.credentials.find(fields.get('refresh_token') ?? '')
  if (!token || token.app !== app) return 'bad_refresh_token'
  if (token.via !== 'device' && fields.get('client_secret') !== app.clientSecret) return 'incorrect_client_credentials'
  return refreshTokens(forge, token) ?? 'bad_refresh_token'
}

const pollOutcomes = {
  expired: 'expired_token',
  denied: 'access_denied',
  used: 'incorrect_device_code',
  'slow-down': 'slow_down',
  pending: 'authorization_pending',
} as const

const token = async (call: Call): Promise<Reply> => {
  const { forge } = call
  const fields = new URLSearchParams([...call.query, ...(await call.fields())])
  const app = forge.apps.get(fields.get('client_id') ?? '')
  if (!app) return refuse(call, 'incorrect_client_credentials')
  const grant = fields.get('grant_type') ?? 'authorization_code'
  if (grant === DEVICE_GRANT) {
    if (!app.deviceFlow) return refuse(call, 'device_flow_disabled')
    const device = forge.signIns.deviceByCode(fields.get('device_code') ?? '')
    if (!device || device.app !== app) return refuse(call, 'incorrect_device_code')
    const outcome = pollDevice(device, forge.clock)
    if (typeof outcome === 'string') {
      return refuse(call, pollOutcomes[outcome], outcome === 'slow-down' ? { interval: device.interval } : {})
    }
    const sso = outcome.ssoSessions
    return answer(call, issueTokens(forge, { app, person: outcome, scopes: device.scopes, sso, via: 'device' }))
  }
  const made =
    grant === 'authorization_code'
      ? exchangeCode(call, app, fields)
      : grant === 'refresh_token'
        ? refresh(call, app, fields)
        : 'unsupported_grant_type'
  return typeof made === 'string' ? refuse(call, made) : answer(call, made)
}

const deviceCode = async (call: Call): Promise<Reply> => {
  const { forge } = call
  const fields = new URLSearchParams([...call.query, ...(await call.fields())])
  const app = forge.apps.get(fields.get('client_id') ?? '')
  if (!app) return refuse(call, 'incorrect_client_credentials')
  if (!app.deviceFlow) return refuse(call, 'device_flow_disabled')
  const asked = scopeList(fields.get('scope') ?? '')
  const scopes =
    app.kind === 'github-app' ? [] : [...normalizedScopes(asked), ...asked.filter((one) => one === 'offline_access')]
  const device = forge.signIns.addDevice(app, scopes, 900_000, forge.settings.deviceInterval)
  return answer(call, {
    device_code: device.deviceCode,
    user_code: device.userCode,
    verification_uri: `${forge.address}/login/device`,
    expires_in: 900,
    interval: device.interval,
  })
}

/** Where apps trade codes and refresh tokens, and begin the device flow. */
export const tokenRoutes: readonly Route[] = [
  route('POST /login/oauth/access_token', token),
  route('POST /login/device/code', deviceCode),
]
