import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../forge'
import { localRequest } from '../local-request'
import { newVisitor } from '../visitor'

const CALLBACK = 'cloudaipilot://oauth/callback'
const VERIFIER = 'v'.repeat(43)
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')
const JSON_PLEASE = { accept: 'application/json' }

let forge: Forge
beforeAll(async () => {
  forge = await startForge({ dialect: 'github' })
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})

const authorizeUrl = (clientId: string, more: Record<string, string> = {}): string =>
  `${forge.address}/login/oauth/authorize?${new URLSearchParams({ client_id: clientId, redirect_uri: CALLBACK, state: 's1', ...more })}`

const token = (form: Record<string, string>) =>
  localRequest(`${forge.address}/login/oauth/access_token`, { form, headers: JSON_PLEASE }).then((answer) => ({
    status: answer.status,
    fields: answer.json<Record<string, string | number>>(),
  }))

const codeOf = (address: string): string => new URL(address).searchParams.get('code') ?? ''

describe('the authorize page of GitHub', () => {
  it('sends the browser to exactly the callback, with code and state', async () => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    const landed = await forge.approve(authorizeUrl(app.clientId, { scope: 'repo' }), { as: 'ada' })
    expect(landed).toMatch(/^cloudaipilot:\/\/oauth\/callback\?code=[0-9a-f]{20}&state=s1$/)
  })

  it('answers access_denied when the person cancels', async () => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    const landed = new URL(await forge.approve(authorizeUrl(app.clientId), { as: 'ada', deny: true }))
    expect(landed.searchParams.get('error')).toBe('access_denied')
    expect(landed.searchParams.get('state')).toBe('s1')
  })

  it('shows the account picker before a callback that is not http, and lets somebody else sign in', async () => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    const browser = newVisitor()
    await browser.open(authorizeUrl(app.clientId))
    const visit = await browser.press('Sign in', { login: 'ada', password: 'password' })
    expect(visit.buttons).toEqual(['Continue as ada', 'Use a different account'])
    await browser.press('Use a different account')
    expect((await browser.press('Sign in', { login: 'grace', password: 'password' })).buttons[0]).toBe(
      'Continue as grace',
    )
    expect((await browser.press('Continue as grace')).buttons).toEqual(['Authorize', 'Cancel'])
  })

  it('refuses a wrong password', async () => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    const browser = newVisitor()
    await browser.open(authorizeUrl(app.clientId))
    const visit = await browser.press('Sign in', { login: 'ada', password: 'wrong' })
    expect(visit.text).toContain('Incorrect username or password.')
  })

  it.each([
    ['another scheme', 'http://oauth/callback'],
    ['another host', 'cloudaipilot://elsewhere/callback'],
    ['a path above', 'cloudaipilot://oauth/'],
  ])('reports %s as redirect_uri_mismatch, to the registered callback', async (_, redirect) => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    const visit = await newVisitor().open(authorizeUrl(app.clientId, { redirect_uri: redirect }))
    expect(visit.address).toMatch(/^cloudaipilot:\/\/oauth\/callback\?error=redirect_uri_mismatch&/)
  })

  it('takes any port and any path below of a registered loopback address, from an OAuth app only', async () => {
    const oauth = forge.oauthApp({ redirectUris: ['http://127.0.0.1/callback'] })
    const redirect = 'http://127.0.0.1:49152/callback/github'
    const landed = await forge.approve(authorizeUrl(oauth.clientId, { redirect_uri: redirect }), { as: 'ada' })
    expect(landed).toMatch(/^http:\/\/127\.0\.0\.1:49152\/callback\/github\?code=/)
    const github = forge.oauthApp({ kind: 'github-app', redirectUris: ['http://127.0.0.1/callback'] })
    const visit = await newVisitor().open(authorizeUrl(github.clientId, { redirect_uri: redirect }))
    expect(visit.address).toMatch(/error=redirect_uri_mismatch/)
  })

  it('refuses the plain challenge method', async () => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    const plain = { code_challenge: VERIFIER, code_challenge_method: 'plain' }
    const visit = await newVisitor().open(authorizeUrl(app.clientId, plain))
    expect(visit.address).toMatch(/error=invalid_request/)
  })

  it('sends somebody who agreed before on without asking, and asks again for more', async () => {
    const app = forge.oauthApp({ redirectUris: ['http://127.0.0.1:1/callback'] })
    const url = (scope: string) => authorizeUrl(app.clientId, { redirect_uri: 'http://127.0.0.1:1/callback', scope })
    await forge.approve(url('repo'), { as: 'ada' })
    const browser = newVisitor()
    await browser.open(url('public_repo'))
    expect((await browser.press('Sign in', { login: 'ada', password: 'password' })).left).toBe(true)
    expect((await browser.open(url('repo admin:repo_hook'))).buttons).toEqual(['Authorize', 'Cancel'])
  })
})

describe('the token endpoint of GitHub', () => {
  const signedIn = async (more: Record<string, string> = {}, scopes?: readonly string[]) => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    const landed = await forge.approve(authorizeUrl(app.clientId, { scope: 'repo', ...more }), {
      as: 'ada',
      ...(scopes ? { scopes } : {}),
    })
    const client = { client_id: app.clientId, client_secret: app.clientSecret }
    return { app, client, code: codeOf(landed) }
  }

  it('trades a code for a token once', async () => {
    const { client, code } = await signedIn()
    const first = await token({ ...client, code })
    expect(first).toMatchObject({ status: 200, fields: { token_type: 'bearer', scope: 'repo' } })
    expect(first.fields.access_token).toMatch(/^gho_[A-Za-z0-9]{36}$/)
    expect(first.fields).not.toHaveProperty('refresh_token')
    expect(await token({ ...client, code })).toMatchObject({ status: 200, fields: { error: 'bad_verification_code' } })
  })

  it('forgets a code after ten minutes', async () => {
    const { client, code } = await signedIn()
    forge.clock.advance(600_000)
    expect((await token({ ...client, code })).fields.error).toBe('bad_verification_code')
  })

  it('wants the secret, also where PKCE is used', async () => {
    const pkce = { code_challenge: CHALLENGE, code_challenge_method: 'S256' }
    const { client, code } = await signedIn(pkce)
    const public_ = { client_id: client.client_id, code, code_verifier: VERIFIER }
    expect(await token(public_)).toMatchObject({ status: 200, fields: { error: 'incorrect_client_credentials' } })
    const wrong = { ...client, code, code_verifier: 'w'.repeat(43) }
    expect((await token(wrong)).fields.error).toBe('bad_verification_code')
    expect((await token({ ...client, code, code_verifier: VERIFIER })).fields.access_token).toMatch(/^gho_/)
  })

  it('answers as a form unless JSON is asked for', async () => {
    const { client, code } = await signedIn()
    const answer = await localRequest(`${forge.address}/login/oauth/access_token`, { form: { ...client, code } })
    expect(answer.headers['content-type']).toContain('application/x-www-form-urlencoded')
    expect(new URLSearchParams(answer.text).get('access_token')).toMatch(/^gho_/)
  })

  it('drops implied scopes, unknown ones and those that the person unticked', async () => {
    const { client, code } = await signedIn({ scope: 'repo public_repo user:email nonsense gist' }, [
      'gist',
      'user:email',
    ])
    expect((await token({ ...client, code })).fields.scope).toBe('gist,user:email')
  })

  it('grants what was granted before when no scope is asked for', async () => {
    const { app, client, code } = await signedIn({ scope: 'gist read:org' })
    await token({ ...client, code })
    const again = await forge.approve(authorizeUrl(app.clientId), { as: 'ada' })
    expect((await token({ ...client, code: codeOf(again) })).fields.scope).toBe('gist,read:org')
  })

  it('ends the oldest of eleven tokens', async () => {
    const app = forge.oauthApp({ redirectUris: [CALLBACK] })
    const client = { client_id: app.clientId, client_secret: app.clientSecret }
    const issued: string[] = []
    for (let index = 0; index < 11; index += 1) {
      const landed = await forge.approve(authorizeUrl(app.clientId, { scope: 'repo' }), { as: 'ada' })
      issued.push(String((await token({ ...client, code: codeOf(landed) })).fields.access_token))
    }
    const statuses = await Promise.all(
      issued.map(async (value) => {
        const headers = { authorization: `Bearer ${value}` }
        return (await localRequest(`${forge.apiUrl}/user`, { headers })).status
      }),
    )
    expect(statuses).toEqual([401, ...Array.from({ length: 10 }, () => 200)])
  })

  it('gives expiring tokens on request, whose refresh works once and ends the old token', async () => {
    const { client, code } = await signedIn({ scope: 'repo offline_access' })
    const first = (await token({ ...client, code })).fields
    expect(first).toMatchObject({ expires_in: 28_800, refresh_token_expires_in: 15_897_600, scope: 'repo' })
    const refresh = { ...client, grant_type: 'refresh_token', refresh_token: String(first.refresh_token) }
    const second = (await token(refresh)).fields
    expect(second).toMatchObject({ expires_in: 28_800, scope: 'repo' })
    const user = (value: unknown) =>
      localRequest(`${forge.apiUrl}/user`, { headers: { authorization: `token ${value}` } })
    expect((await user(first.access_token)).status).toBe(401)
    expect((await user(second.access_token)).status).toBe(200)
    expect(await token(refresh)).toMatchObject({ status: 200, fields: { error: 'bad_refresh_token' } })
  })
})
