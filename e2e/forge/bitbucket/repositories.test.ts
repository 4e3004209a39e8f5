import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../forge'
import { localRequest } from '../local-request'

let forge: Forge
beforeAll(async () => {
  forge = await startForge({ dialect: 'bitbucket', repositories: 500 })
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

const ask = (path: string, authorization: string) =>
  localRequest(path.startsWith('http') ? path : `${forge.apiUrl}${path}`, { headers: { authorization } })

const asAda = (): string => basic('ada@example.com', forge.personalAccessToken({ user: 'ada' }))

describe('listing repositories on Bitbucket', () => {
  interface Page<T> {
    readonly values: readonly T[]
    readonly next?: string
    readonly size: number
    readonly pagelen: number
  }
  interface Row {
    readonly uuid: string
    readonly full_name: string
    readonly [field: string]: unknown
  }

  it.each([
    '/repositories',
    '/repositories?role=member',
    '/workspaces',
    '/user/permissions/repositories',
    '/user/permissions/workspaces',
  ])('answers 410 to %s', async (path) => {
    const answer = await ask(path, asAda())
    expect(answer.status).toBe(410)
    expect(answer.json()).toMatchObject({ error: { message: expect.stringMatching(/^CHANGE-2770/) } })
  })

  it('goes by workspace, and by next from page to page', async () => {
    const own = (await ask('/user/workspaces', asAda())).json<
      Page<{ workspace: { slug: string }; administrator: boolean }>
    >()
    expect(own.values.map((one) => one.workspace.slug)).toEqual([
      'ada',
      'analytical-engines',
      'flowmatic',
      'harbor-lights',
    ])
    const rows: Row[] = []
    for (const { workspace } of own.values) {
      let next: string | undefined = `/repositories/${workspace.slug}?role=member&pagelen=100&sort=-updated_on`
      while (next) {
        const page: Page<Row> = (await ask(next, asAda())).json()
        rows.push(...page.values)
        next = page.next
      }
    }
    expect(new Set(rows.map((row) => row.uuid)).size).toBeGreaterThanOrEqual(500)
  })

  it('takes pages of ten unless asked, a hundred at most', async () => {
    const page = (await ask('/repositories/ada', asAda())).json<Page<Row>>()
    expect(page).toMatchObject({ pagelen: 10, values: expect.any(Array), next: expect.stringContaining('page=2') })
    expect(page.values).toHaveLength(10)
    expect((await ask('/repositories/ada?pagelen=101', asAda())).json()).toMatchObject({
      error: { message: 'Invalid pagelen' },
    })
  })

  it('filters by name and role', async () => {
    const named = (await ask(`/repositories/ada?q=${encodeURIComponent('name~"ENGINE"')}&pagelen=100`, asAda())).json<
      Page<Row>
    >()
    expect(named.values.length).toBeGreaterThan(0)
    expect(named.values.every((row) => row.full_name.includes('engine'))).toBe(true)
    const grace = basic('grace@example.com', forge.personalAccessToken({ user: 'grace' }))
    expect((await ask('/repositories/flowmatic?role=contributor', grace)).json<Page<Row>>().size).toBeGreaterThan(0)
    expect((await ask('/repositories/flowmatic?role=admin', grace)).json<Page<Row>>().size).toBe(0)
    expect((await ask('/repositories/ada?q=nonsense', asAda())).status).toBe(400)
  })

  it('gives a repository by its UUID as well, its clone address with a user name, and no main branch when empty', async () => {
    const row = forge.world.addRepository({ owner: 'ada', name: 'chameleon', empty: true })
    const first = (await ask('/repositories/ada/chameleon', asAda())).json<Row>()
    expect(first).toMatchObject({
      mainbranch: null,
      links: {
        clone: [{ name: 'https', href: `${forge.address.replace('//', '//ada@')}/ada/chameleon.git` }, { name: 'ssh' }],
      },
    })
    forge.world.rename(row, 'gecko')
    const again = await ask(`/repositories/ada/${encodeURIComponent(first.uuid)}`, asAda())
    expect(again.json()).toMatchObject({ full_name: 'ada/gecko' })
    expect((await ask('/repositories/ada/chameleon', asAda())).status).toBe(404)
  })

  it('lists branches with a filter', async () => {
    await forge.world.createRepository({ owner: 'ada', name: 'branchy', branches: ['release/1', 'release/2', 'other'] })
    const page = await ask(`/repositories/ada/branchy/refs/branches?q=${encodeURIComponent('name~"release"')}`, asAda())
    expect(page.json<Page<{ name: string }>>().values.map(({ name }) => name)).toEqual(['release/1', 'release/2'])
    expect((await ask('/repositories/ada/branchy/refs/branches/release/1', asAda())).json()).toMatchObject({
      name: 'release/1',
    })
  })

  it('publishes its host keys', async () => {
    expect((await localRequest(`${forge.address}/site/ssh`)).text).toMatch(/^bitbucket\.org ssh-ed25519 AAAA/)
  })
})
