import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OAuthApp } from '../credentials'
import { type Forge, startForge } from '../forge'
import { type LocalRequest, localRequest } from '../local-request'
import type { Approval } from '../visitor'

let forge: Forge
beforeAll(async () => {
  forge = await startForge({ dialect: 'github', repositories: 40, settings: { edition: 'github.com' } })
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})

const ask = (path: string, token: string | null, request: LocalRequest = {}) =>
  localRequest(`${forge.apiUrl}${path}`, {
    ...request,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...request.headers },
  })

const signIn = async (app: OAuthApp, approval: Approval) => {
  const landed = await forge.approve(
    `${forge.address}/login/oauth/authorize?client_id=${app.clientId}&scope=repo`,
    approval,
  )
  const code = new URL(landed).searchParams.get('code') ?? ''
  const form = { client_id: app.clientId, client_secret: app.clientSecret, code }
  const answer = await localRequest(`${forge.address}/login/oauth/access_token`, {
    form,
    headers: { accept: 'application/json' },
  })
  return answer.json<{ access_token: string; refresh_token: string }>()
}

const basic = (app: OAuthApp) => ({
  authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`,
})

describe('a GitHub App', () => {
  it('reaches the repositories that were chosen, and no others', async () => {
    const app = forge.oauthApp({ kind: 'github-app', name: 'Chooser', redirectUris: ['http://127.0.0.1/cb'] })
    const own = forge.world.repositories().filter((one) => one.owner.login === 'ada' && one.private)
    const [first, second] = own
    if (!first || !second) throw new Error('too few rows')
    const account = forge.world.person('ada').id
    const { access_token } = await signIn(app, {
      as: 'ada',
      fields: { [`selection:${account}`]: 'selected', [`repository:${account}`]: [], [`named:${account}`]: first.name },
    })
    expect(access_token).toMatch(/^ghu_/)
    const list = (await ask('/user/installations', access_token)).json<{
      total_count: number
      installations: { id: number; repository_selection: string; html_url: string }[]
    }>()
    expect(list).toMatchObject({ total_count: 1, installations: [{ repository_selection: 'selected' }] })
    const [installation] = list.installations
    const rows = await ask(`/user/installations/${installation?.id}/repositories`, access_token)
    expect(rows.json()).toMatchObject({ total_count: 1, repositories: [{ id: first.id }] })
    expect((await ask(`/repos/ada/${second.name}`, access_token)).status).toBe(404)
    expect((await ask(`/repos/ada/${first.name}/hooks`, access_token)).status).toBe(200)
    const bare = forge.oauthApp({
      kind: 'github-app',
      redirectUris: ['http://127.0.0.1/cb'],
      permissions: { contents: 'read' },
    })
    const poor = await signIn(bare, { as: 'ada' })
    expect((await ask(`/repos/ada/${first.name}/hooks`, poor.access_token)).json()).toMatchObject({
      message: 'Resource not accessible by integration',
    })
  })

  it('reaches everything of an account that was given as a whole, organisations only where installed', async () => {
    const app = forge.oauthApp({ kind: 'github-app', name: 'Everything', redirectUris: ['http://127.0.0.1/cb'] })
    const organization = forge.world.findAccount('flowmatic')
    const { access_token } = await signIn(app, { as: 'ada', fields: { [`selection:${organization?.id}`]: 'all' } })
    const { installations } = (await ask('/user/installations', access_token)).json<{
      installations: { id: number; account: { login: string } }[]
    }>()
    expect(installations.map((one) => one.account.login)).toEqual(['ada', 'flowmatic'])
    const grace = await signIn(app, { as: 'grace' })
    const seen = (await ask('/user/installations', grace.access_token)).json<{
      installations: { account: { login: string } }[]
    }>()
    expect(seen.installations.map((one) => one.account.login).sort()).toEqual(['flowmatic', 'grace'])
  })

  it('has no installations to list for other tokens', async () => {
    expect((await ask('/user/installations', forge.personalAccessToken({ user: 'ada' }))).status).toBe(403)
  })
})

describe('taking access away on GitHub', () => {
  it('checks and ends a token with the secret of its app', async () => {
    const app = forge.oauthApp({ redirectUris: ['http://127.0.0.1/cb'] })
    const { access_token } = await signIn(app, { as: 'ada' })
    const path = `/applications/${app.clientId}/token`
    const call = (method: string, json: unknown = { access_token }) =>
      ask(path, null, { method, json, headers: basic(app) })
    expect((await call('POST')).json()).toMatchObject({ scopes: ['repo'], user: { login: 'ada' } })
    expect((await ask(path, null, { method: 'DELETE', json: { access_token } })).status).toBe(404)
    expect((await call('DELETE')).status).toBe(204)
    expect((await call('POST')).status).toBe(404)
    expect((await ask('/user', access_token)).status).toBe(401)
    expect((await call('DELETE', {})).status).toBe(422)
  })

  it('ends a whole grant with all its tokens', async () => {
    const app = forge.oauthApp({ redirectUris: ['http://127.0.0.1/cb'] })
    const one = await signIn(app, { as: 'ada' })
    const two = await signIn(app, { as: 'ada' })
    const json = { access_token: two.access_token }
    const path = `/applications/${app.clientId}/grant`
    expect((await ask(path, null, { method: 'DELETE', json, headers: basic(app) })).status).toBe(204)
    expect((await ask('/user', one.access_token)).status).toBe(401)
    expect(forge.tokens('ada').filter((token) => token.clientId === app.clientId && token.state === 'live')).toEqual([])
  })

  it('ends tokens without a secret on github.com, unauthenticated only', async () => {
    const token = forge.personalAccessToken({ user: 'ada' })
    const revoke = (json: unknown, as: string | null = null) => ask('/credentials/revoke', as, { method: 'POST', json })
    expect((await revoke({ credentials: [token] }, token)).status).toBe(403)
    expect((await revoke({ credentials: ['nonsense'] })).status).toBe(422)
    expect((await revoke({})).status).toBe(422)
    expect((await revoke({ credentials: [token] })).status).toBe(202)
    expect((await ask('/user', token)).status).toBe(401)
  })

  it('has no such address on an Enterprise Server', async () => {
    const server = await startForge({ dialect: 'github' })
    const json = { credentials: [server.personalAccessToken({ user: 'ada' })] }
    expect((await localRequest(`${server.apiUrl}/credentials/revoke`, { json })).status).toBe(404)
    await server.close()
  })
})
