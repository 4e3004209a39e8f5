import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../forge'
import { type LocalRequest, localRequest } from '../local-request'

let forge: Forge
let ada: string
beforeAll(async () => {
  forge = await startForge({ dialect: 'github', repositories: 450 })
  ada = forge.personalAccessToken({ user: 'ada', scopes: ['repo', 'admin:repo_hook'] })
  await forge.world.createRepository({
    owner: 'ada',
    name: 'branchy',
    branches: Array.from({ length: 120 }, (_, index) => `feature/${index}`),
  })
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})

const ask = (path: string, token: string | null = ada, request: LocalRequest = {}) =>
  localRequest(path.startsWith('http') ? path : `${forge.apiUrl}${path}`, {
    ...request,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...request.headers },
  })

type Row = Readonly<Record<string, unknown>> & { readonly id: number; readonly full_name: string }

const allPages = async (path: string, token = ada): Promise<readonly Row[]> => {
  const rows: Row[] = []
  for (let next: string | undefined = path; next; ) {
    const answer = await ask(next, token)
    rows.push(...answer.json<Row[]>())
    next = /<([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1]
  }
  return rows
}

describe('listing repositories on GitHub', () => {
  it('pages by Link, 30 unless asked, 100 at most', async () => {
    expect((await ask('/user/repos')).json<Row[]>()).toHaveLength(30)
    const page = await ask('/user/repos?per_page=500')
    expect(page.json<Row[]>()).toHaveLength(100)
    expect(page.headers.link).toBe(
      `<${forge.apiUrl}/user/repos?per_page=500&page=2>; rel="next", <${forge.apiUrl}/user/repos?per_page=500&page=5>; rel="last"`,
    )
    const rows = await allPages('/user/repos?per_page=100&sort=pushed')
    expect(new Set(rows.map((row) => row.id)).size).toBe(451)
    const pushed = rows.map((row) => String(row.pushed_at))
    expect(pushed).toEqual([...pushed].sort().reverse())
  })

  it('refuses type together with visibility or affiliation', async () => {
    const answer = await ask('/user/repos?type=owner&visibility=private')
    expect(answer.status).toBe(422)
    expect(answer.json()).toMatchObject({ message: expect.stringContaining('cannot specify type') })
  })

  it('shows only what is public to a token without the scope repo', async () => {
    const rows = await allPages(
      '/user/repos?per_page=100',
      forge.personalAccessToken({ user: 'ada', scopes: ['gist'] }),
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every((row) => row.private === false)).toBe(true)
  })

  it('points next pages of a repository at its id', async () => {
    const first = await ask('/repos/ada/branchy/branches?per_page=100')
    const id = forge.world.findRepository('ada/branchy')?.id
    expect(first.headers.link).toContain(
      `<${forge.apiUrl}/repositories/${id}/branches?per_page=100&page=2>; rel="next"`,
    )
    expect(await allPages('/repos/ada/branchy/branches?per_page=100')).toHaveLength(121)
    expect((await ask('/repos/ada/branchy/branches/feature/7')).json()).toMatchObject({ name: 'feature/7' })
  })

  it('redirects a renamed repository to its id, keeping what was asked of it', async () => {
    const repository = forge.world.addRepository({ owner: 'ada', name: 'caterpillar' })
    forge.world.rename(repository, 'butterfly')
    const moved = await ask('/repos/ada/caterpillar/branches?per_page=1')
    expect(moved.status).toBe(301)
    expect(moved.headers.location).toBe(`${forge.apiUrl}/repositories/${repository.id}/branches?per_page=1`)
    expect((await ask((await ask('/repos/ada/caterpillar')).headers.location ?? '')).json()).toMatchObject({
      full_name: 'ada/butterfly',
    })
  })

  it('searches what the asker sees', async () => {
    const found = (await ask('/search/repositories?q=butterfly+user:ada')).json<{ total_count: number; items: Row[] }>()
    expect(found).toMatchObject({ total_count: 1, incomplete_results: false })
    const nobody = (await ask('/search/repositories?q=butterfly', null)).json<{ total_count: number }>()
    expect(nobody.total_count).toBe(0)
    expect((await ask('/search/repositories')).status).toBe(422)
  })

  it('lists 100,000 rows page by page, none of them twice', async () => {
    const big = await startForge({ dialect: 'github', repositories: 100_000 })
    const token = big.personalAccessToken({ user: 'ada' })
    const page = (number: number) =>
      localRequest(`${big.apiUrl}/user/repos?per_page=100&sort=pushed&page=${number}`, {
        headers: { authorization: `Bearer ${token}` },
      })
    expect((await page(1)).headers.link).toContain('page=1000>; rel="last"')
    const seen = new Set<number>()
    for (let number = 2; number < 22; number += 1) {
      for (const { id } of (await page(number)).json<{ id: number }[]>()) seen.add(id)
    }
    expect(seen.size).toBe(2_000)
    await big.close()
  })
})

describe('what GitHub says to a request', () => {
  it('wants a user agent and a version that it knows', async () => {
    expect((await ask('/user', ada, { headers: { 'user-agent': '' } })).status).toBe(403)
    expect((await ask('/user', ada, { headers: { 'x-github-api-version': '2021-01-01' } })).status).toBe(400)
    expect((await ask('/user', ada, { headers: { 'x-github-api-version': '2026-03-10' } })).status).toBe(200)
  })

  it('tells bad, dead and missing credentials apart from what is hidden', async () => {
    expect((await ask('/user', 'ghp_nonsense')).json()).toMatchObject({ message: 'Bad credentials' })
    expect((await ask('/user', null)).json()).toMatchObject({ message: 'Requires authentication' })
    expect((await ask('/repos/ada/butterfly', forge.personalAccessToken({ user: 'alan' }))).status).toBe(404)
    expect((await ask('/nothing/here')).json()).toMatchObject({ message: 'Not Found', status: '404' })
  })

  it('names the scopes that a token has and those that would do', async () => {
    const answer = await ask('/repos/ada/branchy/hooks')
    expect(answer.headers).toMatchObject({
      'x-oauth-scopes': 'admin:repo_hook, repo',
      'x-accepted-oauth-scopes': 'read:repo_hook',
    })
    expect(
      (await ask('/repos/ada/branchy/keys', forge.personalAccessToken({ user: 'ada', scopes: ['gist'] }))).status,
    ).toBe(404)
  })

  it('names the permission that a fine-grained token lacks', async () => {
    const token = forge.personalAccessToken({
      user: 'ada',
      permissions: { contents: 'read' },
      repositories: ['ada/branchy'],
    })
    const answer = await ask('/repos/ada/branchy/hooks', token)
    expect(answer.status).toBe(403)
    expect(answer.json()).toMatchObject({ message: 'Resource not accessible by personal access token' })
    expect(answer.headers['x-accepted-github-permissions']).toBe('repository_hooks=read')
    expect((await ask('/repos/ada/branchy', token)).status).toBe(200)
    expect((await ask('/repos/ada/butterfly', token)).status).toBe(404)
  })

  it('answers 304 to an ETag and does not count it', async () => {
    const limited = await startForge({ dialect: 'github', repositories: 5, settings: { rateLimit: 3 } })
    const headers = { authorization: `Bearer ${limited.personalAccessToken({ user: 'ada' })}` }
    const first = await localRequest(`${limited.apiUrl}/user/repos`, { headers })
    expect(first.headers['x-ratelimit-remaining']).toBe('2')
    const again = { ...headers, 'if-none-match': first.headers.etag ?? '' }
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await localRequest(`${limited.apiUrl}/user/repos`, { headers: again })).toMatchObject({
        status: 304,
        text: '',
      })
    }
    const rest = [1, 2, 3].map(() => localRequest(`${limited.apiUrl}/user`, { headers }))
    const answers = await Promise.all(rest)
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 403])
    expect(answers.find((answer) => answer.status === 403)?.headers['x-ratelimit-remaining']).toBe('0')
    await limited.close()
  })

  it('locks somebody out for a while', async () => {
    const token = forge.personalAccessToken({ user: 'grace' })
    forge.lockOut('grace', 60_000)
    expect((await ask('/user', token)).status).toBe(403)
    forge.clock.advance(60_000)
    expect((await ask('/user', token)).status).toBe(200)
  })

  it('tells an Enterprise Server from github.com by its version, and only the latter publishes host keys', async () => {
    expect((await ask('/meta', null)).json()).toMatchObject({ installed_version: '3.23.0' })
    const cloud = await startForge({ dialect: 'github', settings: { edition: 'github.com' } })
    const meta = (await localRequest(`${cloud.apiUrl}/meta`)).json<Record<string, unknown>>()
    expect(meta).not.toHaveProperty('installed_version')
    expect(meta.ssh_keys).toHaveLength(3)
    await cloud.close()
  })
})

describe('organisations on GitHub', () => {
  it('leaves out what needs single sign-on, and says so', async () => {
    const sso = forge.world.addOrganization({ login: 'locked-in', members: { ada: 'admin' }, requiresSso: true })
    forge.world.addRepository({ owner: 'locked-in', name: 'plans' })
    const list = await ask('/user/repos?per_page=1')
    expect(list.headers['x-github-sso']).toBe(`partial-results; organizations=${sso.id}`)
    const direct = await ask('/repos/locked-in/plans')
    expect(direct.status).toBe(403)
    expect(direct.headers['x-github-sso']).toMatch(
      /^required; url=http.*\/orgs\/locked-in\/sso\?authorization_request=/,
    )
  })

  it('shows nothing private to OAuth apps of an organisation that blocks them, and everything to a personal token', async () => {
    forge.world.addOrganization({ login: 'fortress', members: { ada: 'admin' }, blocksOAuthApps: true })
    forge.world.addRepository({ owner: 'fortress', name: 'keep' })
    const app = forge.oauthApp({ redirectUris: ['http://127.0.0.1/cb'] })
    const landed = await forge.approve(`${forge.address}/login/oauth/authorize?client_id=${app.clientId}&scope=repo`, {
      as: 'ada',
    })
    const form = {
      client_id: app.clientId,
      client_secret: app.clientSecret,
      code: new URL(landed).searchParams.get('code') ?? '',
    }
    const headers = { accept: 'application/json' }
    const issued = await localRequest(`${forge.address}/login/oauth/access_token`, { form, headers })
    const { access_token } = issued.json<{ access_token: string }>()
    expect((await ask('/repos/fortress/keep', access_token)).status).toBe(404)
    const blocked = await ask('/orgs/fortress/repos?type=private', access_token)
    expect(blocked.status).toBe(403)
    expect(blocked.text).toContain('OAuth App access restrictions')
    expect((await ask('/orgs/fortress/repos')).json()).toMatchObject([{ full_name: 'fortress/keep' }])
    expect((await ask('/repos/fortress/keep')).status).toBe(200)
  })
})
