import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OAuthApp } from '../credentials'
import { type Forge, startForge } from '../forge'
import { localRequest } from '../local-request'
import { newVisitor } from '../visitor'

const CALLBACK = 'http://127.0.0.1:4711/callback'
const VERIFIER = 'v'.repeat(50)
const S256 = {
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
}

let gitea: Forge
let forgejo: Forge
beforeAll(async () => {
  gitea = await startForge({ dialect: 'gitea' })
  forgejo = await startForge({ dialect: 'forgejo' })
})
afterAll(async () => {
  expect([...gitea.problems, ...forgejo.problems]).toEqual([])
  await gitea.close()
  await forgejo.close()
})

const publicApp = (forge: Forge, redirectUri = 'http://127.0.0.1/callback'): OAuthApp =>
  forge.oauthApp({ redirectUris: [redirectUri], confidential: false })

const authorizeUrl = (forge: Forge, app: OAuthApp, more: Record<string, string> = {}): string => {
  const fields = {
    client_id: app.clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    state: 's',
    ...S256,
    ...more,
  }
  return `${forge.address}/login/oauth/authorize?${new URLSearchParams(fields)}`
}

type Fields = Readonly<Record<string, string | number>>

const token = async (forge: Forge, form: Record<string, string>) => {
  const answer = await localRequest(`${forge.address}/login/oauth/access_token`, { form })
  return { status: answer.status, fields: answer.json<Fields>() }
}

const signIn = async (forge: Forge, app = publicApp(forge), more: Record<string, string> = {}) => {
  const landed = new URL(await forge.approve(authorizeUrl(forge, app, more), { as: 'ada' }))
  const code = landed.searchParams.get('code') ?? ''
  const exchange = {
    grant_type: 'authorization_code',
    client_id: app.clientId,
    code,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  }
  const { fields } = await token(forge, exchange)
  return { app, exchange, fields, access: String(fields.access_token), refresh: String(fields.refresh_token) }
}

const status = async (forge: Forge, path: string, access: string): Promise<number> =>
  (await localRequest(`${forge.apiUrl}${path}`, { headers: { authorization: `Bearer ${access}` } })).status

describe('signing in on Gitea', () => {
  it('takes a public client with PKCE, on any port of the loopback IP', async () => {
    const { fields, access } = await signIn(gitea, publicApp(gitea), { scope: 'read:user read:repository' })
    expect(fields).toMatchObject({ token_type: 'bearer', expires_in: 3600 })
    expect(fields).not.toHaveProperty('scope')
    expect(access.split('.')).toHaveLength(3)
    expect(await status(gitea, '/user/repos', access)).toBe(200)
  })

  it('refuses a public client without PKCE, unknown methods and unregistered addresses', async () => {
    const app = publicApp(gitea)
    const refusal = (more: Record<string, string>) => gitea.approve(authorizeUrl(gitea, app, more), { as: 'ada' })
    expect(await refusal({ code_challenge_method: '' })).toMatch(
      /error=invalid_request&error_description=PKCE\+is\+required/,
    )
    expect(await refusal({ code_challenge_method: 'S512' })).toContain('error=invalid_request')
    expect(await refusal({ response_type: 'token' })).toContain('error=unsupported_response_type')
    await expect(refusal({ redirect_uri: 'http://localhost:4711/callback' })).rejects.toThrow(
      /Unregistered Redirect URI/,
    )
    const confidential = gitea.oauthApp({ redirectUris: ['http://127.0.0.1/callback'] })
    await expect(gitea.approve(authorizeUrl(gitea, confidential), { as: 'ada' })).rejects.toThrow(/Unregistered/)
    expect(await gitea.approve(authorizeUrl(gitea, app), { as: 'ada', deny: true })).toContain('error=access_denied')
  })

  it('asks about a public client every time', async () => {
    const app = publicApp(gitea)
    await signIn(gitea, app)
    const browser = newVisitor()
    await browser.open(authorizeUrl(gitea, app))
    expect((await browser.press('Sign in', { login: 'ada', password: 'password' })).buttons).toEqual([
      'Authorize',
      'Cancel',
    ])
  })

  it('answers every error of the token endpoint with 400', async () => {
    const { app, exchange } = await signIn(gitea)
    expect(await token(gitea, exchange)).toMatchObject({ status: 400, fields: { error: 'unauthorized_client' } })
    const landed = new URL(await gitea.approve(authorizeUrl(gitea, app), { as: 'ada' }))
    const next = { ...exchange, code: landed.searchParams.get('code') ?? '' }
    expect(await token(gitea, { ...next, code_verifier: 'w'.repeat(50) })).toMatchObject({
      status: 400,
      fields: { error: 'unauthorized_client', error_description: 'failed PKCE code challenge' },
    })
    expect(await token(gitea, { ...next, client_id: 'nobody' })).toMatchObject({
      status: 400,
      fields: { error: 'invalid_client' },
    })
    expect(await token(gitea, { ...next, grant_type: 'password' })).toMatchObject({
      fields: { error: 'unsupported_grant_type' },
    })
    expect((await token(gitea, next)).status).toBe(200)
  })

  it('lets old refresh tokens work on, and calls a garbled or dead one unauthorized_client', async () => {
    const { app, refresh } = await signIn(gitea)
    const again = (value: string) =>
      token(gitea, { grant_type: 'refresh_token', client_id: app.clientId, refresh_token: value })
    expect((await again(refresh)).status).toBe(200)
    expect((await again(refresh)).status).toBe(200)
    expect(await again('garbled')).toMatchObject({
      status: 400,
      fields: { error: 'unauthorized_client', error_description: 'unable to parse refresh token' },
    })
    const browser = newVisitor()
    await browser.open(`${gitea.address}/user/settings/applications`)
    await browser.press('Sign in', { login: 'ada', password: 'password' })
    while (browser.visit?.buttons.includes('Revoke')) await browser.press('Revoke')
    expect(await again(refresh)).toMatchObject({
      fields: { error: 'invalid_grant', error_description: 'grant does not exist' },
    })
  })

  it('may be told to use a refresh token once', async () => {
    const strict = await startForge({ dialect: 'gitea', settings: { invalidateRefreshTokens: true } })
    const { app, refresh } = await signIn(strict)
    const again = () => token(strict, { grant_type: 'refresh_token', client_id: app.clientId, refresh_token: refresh })
    expect((await again()).status).toBe(200)
    expect(await again()).toMatchObject({ status: 400, fields: { error_description: 'token was already used' } })
    await strict.close()
  })

  it('advertises neither revocation nor a device flow', async () => {
    const discovery = (await localRequest(`${gitea.address}/.well-known/openid-configuration`)).json<Fields>()
    expect(discovery).toMatchObject({ token_endpoint: `${gitea.address}/login/oauth/access_token` })
    expect(Object.keys(discovery).join()).not.toMatch(/revocation|device/)
  })

  it('honours OAuth scopes, unless it is an older Forgejo', async () => {
    const scope = { scope: 'read:user' }
    const narrow = await signIn(gitea, publicApp(gitea), scope)
    expect(await status(gitea, '/user', narrow.access)).toBe(200)
    expect(await status(gitea, '/user/repos', narrow.access)).toBe(403)
    const older = await startForge({ dialect: 'forgejo', settings: { oauthScopes: false } })
    const full = await signIn(older, publicApp(older), scope)
    expect(await status(older, '/user/repos', full.access)).toBe(200)
    await older.close()
  })

  it('refuses another scope than the one granted before, on Forgejo', async () => {
    const app = publicApp(forgejo)
    await signIn(forgejo, app, { scope: 'read:user' })
    const url = authorizeUrl(forgejo, app, { scope: 'write:repository' })
    expect(await forgejo.approve(url, { as: 'ada' })).toContain('error=server_error')
    const other = publicApp(gitea)
    await signIn(gitea, other, { scope: 'read:user' })
    expect(await gitea.approve(authorizeUrl(gitea, other, { scope: 'read:repository' }), { as: 'ada' })).toContain(
      'code=',
    )
  })
})
