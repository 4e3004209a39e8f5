import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from './faults'
import { type Forge, startForge } from './forge'
import { githubPrimaryLimit, githubSecondaryLimit } from './limits'
import { localRequest } from './local-request'

let forge: Forge
let token: string
beforeAll(async () => {
  forge = await startForge({ dialect: 'github', repositories: 50 })
  token = forge.personalAccessToken({ user: 'ada' })
})
afterEach(() => forge.faults.clear())
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})

const list = () =>
  localRequest(`${forge.apiUrl}/user/repos?per_page=5`, { headers: { authorization: `Bearer ${token}` } })
const befall = (fault: Omit<Fault, 'match'>) => forge.faults.next({ match: 'GET /api/v3/user/repos', ...fault })

describe('faults', () => {
  it('befall the next matching requests as often as asked, in order', async () => {
    befall({ status: 502, body: 'Bad gateway' })
    befall({ status: 503, times: 2 })
    forge.faults.next({ match: /^POST /, status: 500 })
    const statuses = []
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await list()).status)
    expect(statuses).toEqual([502, 503, 503, 200])
  })

  it('may be chosen by anything about a request', async () => {
    forge.faults.next({ match: (request) => request.query.per_page === '5', html: true })
    expect(await list()).toMatchObject({ status: 200, headers: { 'content-type': 'text/html' } })
  })

  it('answer what is not JSON, or less of it than there is', async () => {
    befall({ notJson: true })
    expect((await list()).headers['content-type']).toBe('application/json')
    befall({ truncateTo: 20 })
    const short = await list()
    expect(short.body).toHaveLength(20)
    expect(() => short.json()).toThrow()
    befall({ json: (value) => ({ wrapped: value }) })
    expect((await list()).json()).toMatchObject({ wrapped: expect.any(Array) })
  })

  it('cut and lose answers', async () => {
    befall({ cutAfterBytes: 30 })
    await expect(list()).rejects.toThrow()
    befall({ reset: true })
    await expect(list()).rejects.toThrow()
    const before = forge.requests.count('GET /api/v3/user/repos')
    befall({ loseReply: true })
    await expect(list()).rejects.toThrow()
    expect(forge.requests.count('GET /api/v3/user/repos')).toBe(before + 1)
  })

  it('send bytes one by one', async () => {
    befall({ slowLoris: 5, status: 200, body: [1, 2, 3] })
    const started = performance.now()
    expect((await list()).json()).toEqual([1, 2, 3])
    expect(performance.now() - started).toBeGreaterThanOrEqual(25)
  })

  it('send a bomb of a million bytes in a thousand', async () => {
    befall({ gzipBomb: 1_000_000 })
    const bomb = await list()
    expect(bomb.headers['content-encoding']).toBe('gzip')
    expect(bomb.body.length).toBeLessThan(2000)
    expect(gunzipSync(bomb.body)).toHaveLength(1_000_000)
    befall({ huge: 300_000 })
    expect((await list()).body).toHaveLength(300_000)
  })

  it('lead pages in a circle or to somebody else', async () => {
    befall({ nextLink: 'self' })
    expect((await list()).headers.link).toBe(`<${forge.apiUrl}/user/repos?per_page=5>; rel="next"`)
    befall({ nextLink: 'https://elsewhere.example/steal' })
    expect((await list()).headers.link).toContain('elsewhere.example')
    befall({ redirectTo: 'https://elsewhere.example/' })
    expect(await list()).toMatchObject({ status: 302, headers: { location: 'https://elsewhere.example/' } })
  })

  it('limit rates as the provider does', async () => {
    befall(githubPrimaryLimit(Date.now() + 60_000))
    expect(await list()).toMatchObject({ status: 403, headers: { 'x-ratelimit-remaining': '0' } })
    befall(githubSecondaryLimit(7))
    expect(await list()).toMatchObject({ status: 403, headers: { 'retry-after': '7' } })
  })
})
