import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OAuthCredential } from '../credentials/credential'
import { Secret } from '../credentials/secret'
import type { SignInOffer } from '../providers/provider'
import { type AuthorizationServer, startAuthorizationServer } from '../testing/authorization-server'
import { testFetch } from '../testing/connection'
import { refreshCredential } from './refresh'

let server: AuthorizationServer

beforeEach(async () => {
  server = await startAuthorizationServer()
})
afterEach(() => server.close())

const credential = (changes: Partial<OAuthCredential> = {}): OAuthCredential => ({
  kind: 'oauth',
  accessToken: new Secret('old-access'),
  refreshToken: new Secret(server.issued.refreshToken || 'old-refresh'),
  expiresAt: 1,
  refreshExpiresAt: null,
  scopes: ['read'],
  clientId: server.clientId,
  redirectUri: 'http://127.0.0.1:1/oauth/callback/x',
  ...changes,
})

const parts = (changes: Partial<SignInOffer> = {}) => ({
  offer: server.offer(changes),
  host: server.host,
  fetch: testFetch,
  now: () => 5000,
})

const tokens = (more: object = {}) => ({
  status: 200,
  body: { access_token: 'new-access', token_type: 'bearer', ...more },
})

describe('refreshCredential', () => {
  it('asks once and brings the new pair', async () => {
    server.reply(tokens({ refresh_token: 'new-refresh', expires_in: 60, scope: 'read write' }))
    const renewed = await refreshCredential(parts(), credential(), null)
    expect(renewed.accessToken.reveal()).toBe('new-access')
    expect(renewed.refreshToken?.reveal()).toBe('new-refresh')
    expect(renewed).toMatchObject({ expiresAt: 65_000, scopes: ['read', 'write'], clientId: server.clientId })
    expect(server.received).toHaveLength(1)
    expect(Object.fromEntries(server.received[0]?.fields ?? [])).toEqual({
      client_id: server.clientId,
      grant_type: 'refresh_token',
      refresh_token: 'old-refresh',
    })
  })

  it('keeps the refresh token and the scopes that the answer does not name', async () => {
    server.reply(tokens())
    const renewed = await refreshCredential(parts(), credential({ refreshExpiresAt: 99 }), null)
    expect(renewed.refreshToken?.reveal()).toBe('old-refresh')
    expect(renewed).toMatchObject({ expiresAt: null, refreshExpiresAt: 99, scopes: ['read'] })
  })

  it('repeats the redirect URI where the server wants it again', async () => {
    server.reply(tokens(), tokens())
    const refresh = { needsSecret: false, sendRedirectUri: true, deadErrors: [] }
    await refreshCredential(parts({ refresh }), credential(), null)
    await refreshCredential(parts({ refresh }), credential({ redirectUri: null }), null)
    expect(server.received.map(({ fields }) => fields.get('redirect_uri'))).toEqual([
      'http://127.0.0.1:1/oauth/callback/x',
      null,
    ])
  })

  it('needs the secret for a token that a redirect brought, not for one of the device flow', async () => {
    server.reply(tokens())
    const refresh = { needsSecret: true, sendRedirectUri: false, deadErrors: [] }
    await expect(refreshCredential(parts({ refresh }), credential(), null)).rejects.toMatchObject({
      code: 'client-id-missing',
      facts: { missing: 'client-secret' },
    })
    expect(server.received).toHaveLength(0)
    await refreshCredential(parts({ refresh }), credential({ redirectUri: null }), null)
    expect(server.received).toHaveLength(1)
  })

  it('sends the secret of the same app only', async () => {
    server.reply(tokens(), tokens())
    const clientSecret = new Secret('s')
    await refreshCredential(parts(), credential(), { clientId: server.clientId, clientSecret })
    await refreshCredential(parts(), credential(), { clientId: 'another app', clientSecret })
    expect(server.received.map(({ fields }) => fields.get('client_secret'))).toEqual(['s', null])
  })

  it.each([
    ['invalid_grant', null, [], 'auth-expired'],
    ['invalid_grant', 4000, [], 'auth-expired'],
    ['invalid_grant', 6000, [], 'auth-revoked'],
    ['bad_token', null, ['bad_token'], 'auth-expired'],
    ['bad_token', null, [], 'client-rejected'],
    ['unauthorized_client', null, ['unauthorized_client'], 'auth-expired'],
    ['unauthorized_client', null, [], 'client-rejected'],
    ['invalid_client', null, [], 'client-rejected'],
    ['access_denied', null, [], 'client-rejected'],
    ['temporarily_unavailable', null, [], 'server-error'],
  ])('reads %s with an end at %s and dead errors %j as %s', async (error, refreshExpiresAt, deadErrors, code) => {
    server.reply({ status: 400, body: { error } })
    const refresh = { needsSecret: false, sendRedirectUri: false, deadErrors }
    await expect(refreshCredential(parts({ refresh }), credential({ refreshExpiresAt }), null)).rejects.toMatchObject({
      code,
    })
  })

  it.each([
    ['The refresh token was revoked', 'auth-revoked'],
    ['grant does not exist', 'auth-revoked'],
    ['The grant is invalid, expired, revoked, or was issued to another client.', 'auth-expired'],
    ['Refresh token expired', 'auth-expired'],
  ])('takes the server at its word where it names one reason: %s', async (said, code) => {
    server.reply({ status: 400, body: { error: 'invalid_grant', error_description: said } })
    await expect(refreshCredential(parts(), credential(), null)).rejects.toMatchObject({ code })
  })

  it('never ends a credential because of what stands in front of the token endpoint', async () => {
    const page = '<html><title>Sign in</title></html>'
    server.reply(
      { status: 401, body: page, headers: { 'www-authenticate': 'Basic realm="Staging"' } },
      { status: 403, body: page },
      { status: 302, body: '', headers: { location: 'https://acme.okta.com/oauth2/v1/authorize?client_id=1' } },
    )
    for (let call = 0; call < 3; call++) {
      await expect(refreshCredential(parts(), credential(), null)).rejects.toMatchObject({
        code: 'intermediary-answered',
      })
    }
  })

  it('sees a dead token also where errors come with status 200', async () => {
    server.reply({ status: 200, body: { error: 'bad_token' } })
    const refresh = { needsSecret: false, sendRedirectUri: false, deadErrors: ['bad_token'] }
    const answer = refreshCredential(parts({ refresh, errorsWithStatus200: true }), credential(), null)
    await expect(answer).rejects.toMatchObject({ code: 'auth-expired' })
  })

  it.each([
    [500, 'server-error'],
    [503, 'server-error'],
    [429, 'rate-limited'],
    [404, 'not-found'],
    [403, 'bad-answer'],
  ])('never ends a credential because of status %s', async (status, code) => {
    server.reply({ status, body: '' })
    await expect(refreshCredential(parts(), credential(), null)).rejects.toMatchObject({ code })
  })

  it('never ends a credential because the host is away', async () => {
    await server.close()
    await expect(refreshCredential(parts(), credential(), null)).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('says so when there is nothing to renew with', async () => {
    await expect(refreshCredential(parts(), credential({ refreshToken: null }), null)).rejects.toMatchObject({
      code: 'auth-expired',
    })
    expect(server.received).toHaveLength(0)
  })
})
