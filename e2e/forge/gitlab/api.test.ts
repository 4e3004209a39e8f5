import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../forge'
import { type LocalRequest, localRequest } from '../local-request'

let forge: Forge
let token: string
beforeAll(async () => {
  forge = await startForge({ dialect: 'gitlab', repositories: 250 })
  token = forge.personalAccessToken({ user: 'ada', scopes: ['read_api'] })
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})

const ask = (path: string, as: string | null = token, request: LocalRequest = {}) =>
  localRequest(path.startsWith('http') ? path : `${forge.apiUrl}${path}`, {
    ...request,
    headers: { ...(as ? { 'private-token': as } : {}), ...request.headers },
  })

interface Project {
  readonly id: number
  readonly path_with_namespace: string
  readonly [field: string]: unknown
}

const nextOf = (link: string | undefined): string | undefined => /<([^>]+)>; rel="next"/.exec(link ?? '')?.[1]

describe('listing projects on GitLab', () => {
  it('pages by position until a page is empty, in order of id', async () => {
    const rows: Project[] = []
    let pages = 0
    let next: string | undefined = '/projects?membership=true&order_by=id&sort=asc&pagination=keyset&per_page=100'
    while (next) {
      const answer = await ask(next)
      pages += 1
      expect(answer.headers['x-total']).toBeUndefined()
      rows.push(...answer.json<Project[]>())
      next = nextOf(answer.headers.link)
    }
    expect(pages).toBe(4)
    expect(rows).toHaveLength(250)
    expect(rows.map((row) => row.id)).toEqual(rows.map((row) => row.id).sort((a, b) => a - b))
    expect(rows.some((row) => row.path_with_namespace.startsWith('flowmatic/compilers/front-ends/'))).toBe(true)
  })

  it('refuses position paging in any other order', async () => {
    expect((await ask('/projects?pagination=keyset&order_by=name')).status).toBe(405)
  })

  it('pages by number, 20 unless asked and 100 at most, with totals', async () => {
    const answer = await ask('/projects?membership=true&per_page=500&page=2')
    expect(answer.json<Project[]>()).toHaveLength(100)
    expect(answer.headers).toMatchObject({
      'x-page': '2',
      'x-next-page': '3',
      'x-per-page': '100',
      'x-total': '250',
      'x-total-pages': '3',
    })
    expect((await ask('/projects?membership=true')).json<Project[]>()).toHaveLength(20)
  })

  it('counts nothing above 10,000 rows and stops at the 50,000th', async () => {
    const big = await startForge({ dialect: 'gitlab', repositories: 50_200 })
    const headers = { 'private-token': big.personalAccessToken({ user: 'ada' }) }
    const page = (number: number) =>
      localRequest(`${big.apiUrl}/projects?membership=true&simple=true&per_page=100&page=${number}`, { headers })
    const first = await page(1)
    expect(first.headers['x-total']).toBeUndefined()
    expect(first.headers['x-next-page']).toBe('2')
    expect(first.headers.link).not.toContain('rel="last"')
    expect((await page(501)).status).toBe(200)
    expect((await page(502)).status).toBe(405)
    await big.close()
  })

  it('tells nothing of visibility and rights in its simple form', async () => {
    const [simple] = (await ask('/projects?membership=true&simple=true&per_page=1')).json<Project[]>()
    expect(simple).not.toHaveProperty('visibility')
    expect(simple).not.toHaveProperty('archived')
    const [full] = (await ask('/projects?membership=true&per_page=1')).json<Project[]>()
    expect(full).toMatchObject({
      visibility: expect.any(String),
      archived: expect.any(Boolean),
      permissions: expect.any(Object),
    })
  })

  it('filters by role, name and the path of the groups', async () => {
    const level = (number: number, as: string) =>
      ask(`/projects?membership=true&min_access_level=${number}&per_page=1`, as)
    const grace = forge.personalAccessToken({ user: 'grace', scopes: ['api'] })
    expect((await level(30, grace)).headers['x-total']).not.toBe('0')
    expect((await level(40, grace)).headers['x-total']).toBe('0')
    const named = await ask('/projects?membership=true&search=front-ends&search_namespaces=true&per_page=100')
    expect(named.json<Project[]>().length).toBeGreaterThan(10)
    expect((await ask('/projects?membership=true&search=front-ends')).json()).toEqual([])
  })

  it('addresses a project by number or by its encoded path, and redirects one that moved', async () => {
    const project = forge.world.addRepository({ owner: 'flowmatic/compilers', name: 'parser' })
    const byPath = await ask(`/projects/${encodeURIComponent('flowmatic/compilers/parser')}`)
    expect(byPath.json()).toMatchObject({ id: project.id, path_with_namespace: 'flowmatic/compilers/parser' })
    forge.world.transfer(project, 'flowmatic')
    const moved = await ask(`/projects/${encodeURIComponent('flowmatic/compilers/parser')}/repository/branches`)
    expect(moved.status).toBe(301)
    expect(moved.headers.location).toBe(`${forge.apiUrl}/projects/${project.id}/repository/branches`)
    expect((await ask(moved.headers.location ?? '')).json()).toMatchObject([{ name: 'main', default: true }])
    expect((await ask('/projects/1')).json()).toEqual({ message: '404 Project Not Found' })
  })

  it('lists groups inside groups', async () => {
    const group = forge.world.findAccount('flowmatic')
    expect((await ask(`/groups/${group?.id}/subgroups`)).json()).toMatchObject([{ full_path: 'flowmatic/compilers' }])
    const projects = async (query: string) =>
      (await ask(`/groups/${group?.id}/projects?per_page=1${query}`)).headers['x-total']
    expect(Number(await projects('&include_subgroups=true'))).toBeGreaterThan(Number(await projects('')))
  })

  it('calls a second page of branches next to the first whether there is one or not', async () => {
    const project = await forge.world.createRepository({ owner: 'ada', name: 'one-branch' })
    const first = await ask(`/projects/${project.id}/repository/branches?per_page=100`)
    expect(first.headers).toMatchObject({ 'x-next-page': '2', 'x-total-pages': '1' })
    const second = await ask(nextOf(first.headers.link) ?? '')
    expect([second.json(), second.headers['x-next-page']]).toEqual([[], ''])
  })

  it('searches branches by beginning, end and expression', async () => {
    const project = await forge.world.createRepository({
      owner: 'ada',
      name: 'b',
      branches: ['release/1', 'release/2', 'fix/release'],
    })
    const names = async (query: string) =>
      (await ask(`/projects/${project.id}/repository/branches?${query}`))
        .json<{ name: string }[]>()
        .map(({ name }) => name)
    expect(await names('search=^release')).toEqual(['release/1', 'release/2'])
    expect(await names('search=release$')).toEqual(['fix/release'])
    expect(await names('regex=%5Cd$')).toEqual(['release/1', 'release/2'])
    expect((await ask(`/projects/${project.id}/repository/branches/release%2F1`)).json()).toMatchObject({
      name: 'release/1',
    })
  })
})

describe('what GitLab says to a request', () => {
  it('tells missing, unknown, revoked and narrow tokens apart', async () => {
    expect((await ask('/user', null)).json()).toEqual({ message: '401 Unauthorized' })
    expect((await ask('/user', 'glpat-nonsense')).json()).toMatchObject({ error: 'invalid_token' })
    const narrow = await ask('/projects?membership=true', forge.personalAccessToken({ scopes: ['read_user'] }))
    expect(narrow.status).toBe(403)
    expect(narrow.json()).toMatchObject({ error: 'insufficient_scope', scope: 'api read_api' })
    expect(narrow.headers['www-authenticate']).toBeUndefined()
    const dead = forge.personalAccessToken({ user: 'alan' })
    forge.revokeTokens('alan')
    expect((await ask('/user', dead)).json()).toMatchObject({
      error_description: expect.stringMatching(/^Token was revoked/),
    })
  })

  it('answers "Retry later" in plain text beyond its limit', async () => {
    const limited = await startForge({ dialect: 'gitlab', settings: { rateLimit: 1 } })
    const headers = { 'private-token': limited.personalAccessToken() }
    const first = await localRequest(`${limited.apiUrl}/user`, { headers })
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '1',
      'ratelimit-remaining': '0',
      'ratelimit-observed': '1',
    })
    const second = await localRequest(`${limited.apiUrl}/user`, { headers })
    expect(second).toMatchObject({ status: 429, text: 'Retry later\n' })
    expect(Number(second.headers['retry-after'])).toBeGreaterThan(0)
    await limited.close()
  })

  it('asks for credentials by the name of GitLab and clones nested projects', async () => {
    await forge.world.createRepository({ owner: 'flowmatic/compilers', name: 'lexer' })
    const refs = (as?: string) =>
      localRequest(`${forge.address}/flowmatic/compilers/lexer.git/info/refs?service=git-upload-pack`, {
        headers: as ? { authorization: `Basic ${Buffer.from(`oauth2:${as}`).toString('base64')}` } : {},
      })
    expect((await refs()).headers['www-authenticate']).toBe('Basic realm="GitLab"')
    expect((await refs(forge.personalAccessToken({ scopes: ['read_repository'] }))).status).toBe(200)
    expect((await refs(forge.personalAccessToken({ scopes: ['read_api'] }))).status).toBe(403)
    expect((await refs(forge.personalAccessToken({ user: 'alan' }))).status).toBe(404)
  })
})

describe('personal access tokens of GitLab', () => {
  it('tell about themselves, whatever their scope', async () => {
    const expiresAt = Date.parse('2027-03-01')
    const own = forge.personalAccessToken({ scopes: ['read_repository'], expiresAt })
    expect((await ask('/personal_access_tokens/self', own)).json()).toMatchObject({
      scopes: ['read_repository'],
      active: true,
      revoked: false,
      expires_at: '2027-03-01',
    })
  })

  it('rotate once; rotating an old one again ends the whole family', async () => {
    const first = forge.personalAccessToken({ scopes: ['self_rotate', 'read_api'] })
    const rotate = (as: string) => ask('/personal_access_tokens/self/rotate', as, { method: 'POST' })
    const second = (await rotate(first)).json<{ token: string; expires_at: string }>()
    expect(second.expires_at).toBe(new Date(forge.clock.now() + 7 * 86_400_000).toISOString().slice(0, 10))
    expect((await ask('/projects', second.token)).status).toBe(200)
    expect((await rotate(first)).status).toBe(401)
    expect((await ask('/projects', second.token)).status).toBe(401)
    expect((await rotate(forge.personalAccessToken({ scopes: ['read_api'] }))).status).toBe(403)
  })

  it('revoke themselves, whatever their scope', async () => {
    const own = forge.personalAccessToken({ scopes: ['read_repository'] })
    expect((await ask('/personal_access_tokens/self', own, { method: 'DELETE' })).status).toBe(204)
    expect((await ask('/personal_access_tokens/self', own)).status).toBe(401)
  })
})
