import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OAuthApp } from '../credentials'
import { type Forge, startForge } from '../forge'
import { localRequest } from '../local-request'
import { newVisitor } from '../visitor'

const CALLBACK = 'cloudaipilot://oauth/callback'
const VERIFIER = 'v'.repeat(64)
const S256 = {
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
}

let forge: Forge
beforeAll(async () => {
  forge = await startForge({ dialect: 'gitlab', basePath: '/git' })
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})

const publicApp = (redirectUri = CALLBACK): OAuthApp =>
  forge.oauthApp({ redirectUris: [redirectUri], confidential: false, deviceFlow: true })

const authorizeUrl = (app: OAuthApp, more: Record<string, string> = {}): string => {
  const fields = {
    client_id: app.clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    state: 's',
    ...S256,
    ...more,
  }
  return `${forge.address}/oauth/authorize?${new URLSearchParams(fields)}`
}

type Fields = Readonly<Record<string, string | number>>

const post = async (path: string, form: Record<string, string>) => {
  const answer = await localRequest(`${forge.address}${path}`, { form })
  return { status: answer.status, fields: answer.json<Fields>() }
}

const signIn = async (app = publicApp(), more: Record<string, string> = {}) => {
  const landed = new URL(await forge.approve(authorizeUrl(app, more), { as: 'ada' }))
  const issued = await post('/oauth/token', {
    grant_type: 'authorization_code',
    client_id: app.clientId,
    code: landed.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  })
  return {
    app,
    ...issued.fields,
    access: String(issued.fields.access_token),
    refresh: String(issued.fields.refresh_token),
  }
}

const userStatus = async (token: string): Promise<number> =>
  (await localRequest(`${forge.apiUrl}/user`, { headers: { authorization: `Bearer ${token}` } })).status

describe('signing in on GitLab', () => {
  it('needs no secret from a public client, under a base path as well', async () => {
    expect(forge.address).toMatch(/\/git$/)
    const issued = await signIn(publicApp(), { scope: 'read_api read_user' })
    expect(issued).toMatchObject({ token_type: 'Bearer', expires_in: 7200, scope: 'read_api read_user' })
    expect(await userStatus(issued.access)).toBe(200)
  })

  it('keeps the browser on an error page for an unregistered address, and on the callback for other errors', async () => {
    const app = publicApp()
    const visit = async (more: Record<string, string>) => {
      const browser = newVisitor()
      await browser.open(authorizeUrl(app, more))
      return browser.press('Sign in', { login: 'ada', password: 'password' })
    }
    expect(await visit({ redirect_uri: 'cloudaipilot://oauth/other' })).toMatchObject({
      left: false,
      text: expect.stringContaining('redirect URI included is not valid'),
    })
    expect((await visit({ scope: 'everything' })).address).toContain('error=invalid_scope')
    expect((await visit({ response_type: 'token' })).address).toContain('error=unsupported_response_type')
    const denied = await forge.approve(authorizeUrl(app), { as: 'ada', deny: true })
    expect(denied).toContain('error=access_denied')
  })

  it('lets only the port of an IP loopback differ', async () => {
    const app = publicApp('http://127.0.0.1/callback')
    const to = (redirect_uri: string) => forge.approve(authorizeUrl(app, { redirect_uri }), { as: 'ada' })
    await expect(to('http://127.0.0.1:4711/callback')).resolves.toMatch(/^http:\/\/127\.0\.0\.1:4711\/callback\?code=/)
    await expect(to('http://127.0.0.1:4711/other')).rejects.toThrow(/not valid/)
    await expect(to('http://localhost:4711/callback')).rejects.toThrow(/not valid/)
    const named = publicApp('http://localhost/callback')
    const url = authorizeUrl(named, { redirect_uri: 'http://localhost:4711/callback' })
    await expect(forge.approve(url, { as: 'ada' })).rejects.toThrow(/not valid/)
  })

  it('refuses a code with the wrong verifier, address or client, in proper statuses', async () => {
    const app = publicApp()
    const code = new URL(await forge.approve(authorizeUrl(app), { as: 'ada' })).searchParams.get('code') ?? ''
    const good = {
      grant_type: 'authorization_code',
      client_id: app.clientId,
      code,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
    }
    expect(await post('/oauth/token', { ...good, code_verifier: 'w'.repeat(64) })).toMatchObject({
      status: 400,
      fields: { error: 'invalid_grant' },
    })
    expect(await post('/oauth/token', { ...good, redirect_uri: 'x://y' })).toMatchObject({
      status: 400,
      fields: { error: 'invalid_grant' },
    })
    expect(await post('/oauth/token', { ...good, client_id: 'nobody' })).toMatchObject({
      status: 401,
      fields: { error: 'invalid_client' },
    })
    const confidential = forge.oauthApp({ redirectUris: [CALLBACK] })
    expect(await post('/oauth/token', { ...good, client_id: confidential.clientId })).toMatchObject({ status: 401 })
    expect(await post('/oauth/token', { ...good, grant_type: 'password' })).toMatchObject({
      fields: { error: 'unsupported_grant_type' },
    })
    expect((await post('/oauth/token', good)).status).toBe(200)
    expect((await post('/oauth/token', good)).status).toBe(400)
  })

  it('refreshes once, ends the old access token, and wants the redirect address again', async () => {
    const { app, access, refresh } = await signIn()
    const ask = { grant_type: 'refresh_token', client_id: app.clientId, refresh_token: refresh }
    expect(await post('/oauth/token', ask)).toMatchObject({ status: 400, fields: { error: 'invalid_grant' } })
    const again = await post('/oauth/token', { ...ask, redirect_uri: CALLBACK })
    expect(again.status).toBe(200)
    expect(await userStatus(access)).toBe(401)
    expect(await userStatus(String(again.fields.access_token))).toBe(200)
    expect(await post('/oauth/token', { ...ask, redirect_uri: CALLBACK })).toMatchObject({
      status: 400,
      fields: { error: 'invalid_grant' },
    })
  })

  it('lets an access token run out after two hours, and refreshes it even then', async () => {
    const { app, access, refresh } = await signIn()
    forge.expireTokens('ada')
    const answer = await localRequest(`${forge.apiUrl}/user`, { headers: { authorization: `Bearer ${access}` } })
    expect(answer.json()).toMatchObject({
      error: 'invalid_token',
      error_description: expect.stringMatching(/^Token is expired/),
    })
    const ask = { grant_type: 'refresh_token', client_id: app.clientId, refresh_token: refresh, redirect_uri: CALLBACK }
    expect((await post('/oauth/token', ask)).status).toBe(200)
  })

  it('revokes with the client id alone, says 200 to unknown tokens and 403 to unknown clients', async () => {
    const { app, access, refresh } = await signIn()
    expect(await post('/oauth/revoke', { client_id: app.clientId, token: 'nonsense' })).toEqual({
      status: 200,
      fields: {},
    })
    expect(await post('/oauth/revoke', { client_id: 'nobody', token: access })).toMatchObject({
      status: 403,
      fields: { error: 'unauthorized_client' },
    })
    expect(await post('/oauth/revoke', { client_id: app.clientId, token: access })).toEqual({ status: 200, fields: {} })
    expect(await userStatus(access)).toBe(401)
    const ask = { grant_type: 'refresh_token', client_id: app.clientId, refresh_token: refresh, redirect_uri: CALLBACK }
    expect((await post('/oauth/token', ask)).status).toBe(400)
  })

  it('has the device flow with the errors of its RFC, unless it is too old for it', async () => {
    const app = publicApp()
    const begun = await post('/oauth/authorize_device', { client_id: app.clientId, scope: 'read_api' })
    expect(begun.fields).toMatchObject({
      expires_in: 300,
      interval: 5,
      verification_uri: `${forge.address}/oauth/device`,
    })
    const poll = () =>
      post('/oauth/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: app.clientId,
        device_code: String(begun.fields.device_code),
      })
    expect(await poll()).toMatchObject({ status: 400, fields: { error: 'authorization_pending' } })
    expect(await poll()).toMatchObject({ status: 400, fields: { error: 'slow_down' } })
    const browser = newVisitor()
    await browser.open(String(begun.fields.verification_uri_complete))
    await browser.press('Sign in', { login: 'ada', password: 'password' })
    await browser.press('Continue')
    await browser.press('Authorize')
    forge.clock.advance(10_000)
    expect(await poll()).toMatchObject({ status: 200, fields: { scope: 'read_api' } })
    const old = await startForge({ dialect: 'gitlab', settings: { deviceFlow: false, version: '16.11.0' } })
    const answer = await localRequest(`${old.address}/oauth/authorize_device`, { form: { client_id: 'x' } })
    expect(answer.status).toBe(404)
    await old.close()
  })
})
