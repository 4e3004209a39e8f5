import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OAuthApp } from '../credentials'
import { type Forge, startForge } from '../forge'
import { type LocalRequest, localRequest } from '../local-request'

const CALLBACK = 'http://127.0.0.1:34106/'

let forge: Forge
beforeAll(async () => {
  forge = await startForge({ dialect: 'bitbucket' })
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

const ask = (path: string, authorization: string | null, request: LocalRequest = {}) =>
  localRequest(path.startsWith('http') ? path : `${forge.apiUrl}${path}`, {
    ...request,
    headers: { ...(authorization ? { authorization } : {}), ...request.headers },
  })

const asAda = (scopes?: readonly string[]): string =>
  basic('ada@example.com', forge.personalAccessToken({ user: 'ada', ...(scopes ? { scopes } : {}) }))

type Fields = Readonly<Record<string, string | number>>

const token = async (app: OAuthApp, form: Record<string, string>) => {
  const headers = { authorization: basic(app.clientId, app.clientSecret) }
  const answer = await localRequest(`${forge.address}/site/oauth2/access_token`, { form, headers })
  return { status: answer.status, fields: answer.json<Fields>() }
}

const signIn = async (app = forge.oauthApp({ redirectUris: [CALLBACK] })) => {
  const url = `${forge.address}/site/oauth2/authorize?client_id=${app.clientId}&response_type=code&state=s`
  const landed = new URL(await forge.approve(url, { as: 'ada' }))
  const code = landed.searchParams.get('code') ?? ''
  const { fields } = await token(app, { grant_type: 'authorization_code', code })
  return { app, landed, fields, access: String(fields.access_token), refresh: String(fields.refresh_token) }
}

describe('signing in on Bitbucket', () => {
  it('gives tokens longer than Windows can keep, for the scopes of the consumer', async () => {
    const { landed, fields, access, refresh } = await signIn()
    expect(landed.href).toMatch(/^http:\/\/127\.0\.0\.1:34106\/\?code=.*&state=s$/)
    expect(fields).toMatchObject({
      expires_in: 7200,
      token_type: 'bearer',
      scope: expect.stringContaining('repository:admin'),
    })
    expect(fields).not.toHaveProperty('scopes')
    expect(access.length).toBeGreaterThan(2500)
    expect(refresh.length).toBeGreaterThan(2500)
    expect((await ask('/user', `Bearer ${access}`)).json()).toMatchObject({ type: 'user', nickname: 'ada' })
  })

  it('redirects only below the one callback that is registered', async () => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    const to = (redirect: string) =>
      forge.approve(
        `${forge.address}/site/oauth2/authorize?client_id=${app.clientId}&response_type=code&redirect_uri=${redirect}`,
        { as: 'ada' },
      )
    await expect(to('http://127.0.0.1:34107/')).rejects.toThrow(/does not match the callback/)
    await expect(to(`${CALLBACK}further`)).resolves.toMatch(/^http:\/\/127\.0\.0\.1:34106\/further\?code=/)
    const url = `${forge.address}/site/oauth2/authorize?client_id=${app.clientId}&response_type=code`
    await expect(forge.approve(url, { as: 'ada', deny: true })).resolves.toContain('error=access_denied')
  })

  it('reads forms only, and wants the secret', async () => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    const headers = { authorization: basic(app.clientId, app.clientSecret) }
    const json = await localRequest(`${forge.address}/site/oauth2/access_token`, {
      json: { grant_type: 'authorization_code', code: 'x' },
      headers,
    })
    expect(json.status).toBe(400)
    expect(json.json()).toMatchObject({ error_description: 'Unsupported grant type: None' })
    const form = { grant_type: 'refresh_token', refresh_token: 'x', client_id: app.clientId }
    const secretless = await localRequest(`${forge.address}/site/oauth2/access_token`, { form })
    expect(secretless.json()).toMatchObject({ error: 'unauthorized_client' })
  })

  it('rotates refresh tokens with ten minutes of grace', async () => {
    const { app, access, refresh } = await signIn()
    const again = (value: string) => token(app, { grant_type: 'refresh_token', refresh_token: value })
    const first = await again(refresh)
    expect(first.fields.refresh_token).not.toBe(refresh)
    expect((await ask('/user', `Bearer ${access}`)).status).toBe(200)
    forge.clock.advance(9 * 60_000)
    expect((await again(refresh)).status).toBe(200)
    forge.clock.advance(60_001)
    expect(await again(refresh)).toMatchObject({ status: 400, fields: { error: 'invalid_grant' } })
    expect((await again(String(first.fields.refresh_token))).status).toBe(200)
  })

  it('lets a refresh token that nobody uses die after three months', async () => {
    const other = await startForge({ dialect: 'bitbucket' })
    const app = other.oauthApp({ redirectUris: [CALLBACK] })
    const url = `${other.address}/site/oauth2/authorize?client_id=${app.clientId}&response_type=code`
    const code = new URL(await other.approve(url, { as: 'ada' })).searchParams.get('code') ?? ''
    const call = async (form: Record<string, string>) =>
      localRequest(`${other.address}/site/oauth2/access_token`, {
        form,
        headers: { authorization: basic(app.clientId, app.clientSecret) },
      })
    const issued = (await call({ grant_type: 'authorization_code', code })).json<{ refresh_token: string }>()
    other.clock.advance(91 * 86_400_000)
    expect((await call({ grant_type: 'refresh_token', refresh_token: issued.refresh_token })).status).toBe(400)
    await other.close()
  })

  it('takes a token in the Authorization header only', async () => {
    const { access } = await signIn()
    expect((await ask(`/user?access_token=${encodeURIComponent(access)}`, null)).status).toBe(401)
  })
})

describe('API tokens of Bitbucket', () => {
  it('go with the e-mail address, and app passwords are gone', async () => {
    const value = forge.personalAccessToken({ user: 'ada' })
    expect((await ask('/user', basic('ada@example.com', value))).status).toBe(200)
    expect((await ask('/user', basic('ada', value))).status).toBe(401)
    expect((await ask('/user', `Bearer ${value}`)).status).toBe(401)
    const password = await ask('/user', basic('ada', 'password'))
    expect(password).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Basic realm="Bitbucket.org HTTP"' } })
  })

  it('name the scope that is missing; to write does not mean to read', async () => {
    const answer = await ask('/repositories/ada', asAda(['write:repository:bitbucket']))
    expect(answer.status).toBe(403)
    expect(answer.json()).toEqual({
      type: 'error',
      error: {
        message: 'Your credentials lack one or more required privilege scopes.',
        detail: { granted: ['write:repository:bitbucket'], required: ['read:repository:bitbucket'] },
      },
    })
    expect((await ask('/user/workspaces', asAda(['read:user:bitbucket']))).status).toBe(403)
  })

  it('open git under their own user name', async () => {
    await forge.world.createRepository({ owner: 'ada', name: 'engine' })
    const value = forge.personalAccessToken({ user: 'ada' })
    const { access } = await signIn()
    const refs = async (user: string, password: string) => {
      const headers = { authorization: basic(user, password) }
      return (await localRequest(`${forge.address}/ada/engine.git/info/refs?service=git-upload-pack`, { headers }))
        .status
    }
    expect(await refs('x-bitbucket-api-token-auth', value)).toBe(200)
    expect(await refs('ada', value)).toBe(200)
    expect(await refs('ada@example.com', value)).toBe(401)
    expect(await refs('x-token-auth', value)).toBe(401)
    expect(await refs('x-token-auth', access)).toBe(200)
    expect(await refs('x-bitbucket-api-token-auth', access)).toBe(401)
  })
})
