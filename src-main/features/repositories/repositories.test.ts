import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Listing, RepositoryFilters } from '../../../src-preload/contract/entities/repository'
import { FirstRows } from '../../../src-preload/contract/first-rows'
import { Failure } from '../../../src-preload/contract/outcome'
import type { RemoteRepository } from '../../providers/provider'
import { createIndexFolder } from '../../storage/repository-index/index-folder'
import { accountRecord, type FakeAccess, fakeAccess } from '../../testing/fake-access'
import { type FakeListing, fakeListing } from '../../testing/fake-listing'
import { type FixedClock, fixedClock } from '../../testing/fixed-clock'
import { remoteRepositories, remoteRepository } from '../../testing/many-repositories'
import { createRepositories, type Repositories } from './repositories'

let folder: string
let clock: FixedClock
let access: FakeAccess
let repositories: Repositories
let announced: (readonly Listing[])[]
let listed: string[]
let opened: string[]
let logged: string[]

const everything: RepositoryFilters = {
  accountId: null,
  owner: null,
  visibility: 'any',
  archived: 'any',
  fork: 'any',
  language: null,
}

const start = () => {
  repositories = createRepositories({
    access,
    folder: createIndexFolder(folder),
    listed: (id, { count, partial }) => void listed.push(`${id} ${count} ${partial?.code ?? 'whole'}`),
    openPage: async (url) => void opened.push(url),
    clock,
    announce: (_, payload) => {
      announced.push((payload as { listings: readonly Listing[] }).listings)
    },
    log: {
      info: (message) => void logged.push(message),
      warn: (message) => void logged.push(message),
      error: (message) => void logged.push(message),
    },
  })
}
/** The app again, over what is on disk. */
const restart = async () => {
  await repositories.stop()
  start()
}
const query = (text = '', filters: Partial<RepositoryFilters> = {}, more: object = {}) =>
  repositories.handlers.query({
    text,
    filters: { ...everything, ...filters },
    sort: 'pushed',
    offset: 0,
    limit: 200,
    ...more,
  })
const paths = async (text?: string, filters?: Partial<RepositoryFilters>) =>
  (await query(text, filters)).rows.map(({ path }) => path)
const ids = async (filters?: Partial<RepositoryFilters>) => (await query('', filters)).rows.map(({ id }) => id).sort()
const listingOf = async (accountId: string) =>
  (await query()).listings.find((listing) => listing.accountId === accountId)

const listAs = (accountId: string, listing: FakeListing) => {
  access.clients.set(accountId, { repositories: listing.repositories })
  return listing
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'repositories-'))
  clock = fixedClock()
  access = fakeAccess([
    accountRecord({ id: 'ada', isDefault: true }),
    accountRecord({ id: 'bob', host: 'https://other.example', connectedAt: 1 }),
  ])
  listAs('bob', fakeListing([]))
  announced = []
  listed = []
  opened = []
  logged = []
  start()
})

afterEach(async () => {
  await repositories.stop()
  await rm(folder, { recursive: true })
})

describe('listing', () => {
  it('shows the first rows after the first page, not the last', async () => {
    let go: () => void = () => undefined
    const listing = listAs('ada', fakeListing(remoteRepositories(250)))
    listing.pause = (page) => (page === 1 ? new Promise<void>((resolve) => (go = resolve)) : Promise.resolve())
    const done = repositories.refreshAll()
    await expect.poll(async () => (await query()).total).toBe(100)
    expect(await listingOf('ada')).toMatchObject({ state: 'loading', count: 100, total: 250, completeAt: null })
    expect(announced.length).toBeGreaterThan(0)
    go()
    await done
    expect(await query()).toMatchObject({ total: 250, known: 250 })
    expect(await listingOf('ada')).toMatchObject({ state: 'idle', count: 250, completeAt: clock.now(), failure: null })
    expect(listed).toContain('ada 250 whole')
    expect(access.told).toContain('ada ok')
  })

  it('announces many pages at most 20 times a second', async () => {
    listAs('ada', fakeListing(remoteRepositories(1000), 10))
    const since = performance.now()
    await repositories.refreshAll()
    await repositories.stop()
    const allowed = 2 + Math.ceil((performance.now() - since) / 50)
    expect(announced.length).toBeLessThanOrEqual(allowed)
  })

  it('asks for no page again that has not changed', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(1000)))
    await repositories.refreshAll()
    expect(listing.answered).toEqual({ whole: 10, unchanged: 0 })
    await repositories.refreshAll()
    expect(listing.answered).toEqual({ whole: 10, unchanged: 10 })
    await restart()
    await repositories.refreshAll()
    expect(listing.answered).toEqual({ whole: 10, unchanged: 20 })
    expect((await query()).total).toBe(1000)
  })

  it('lets deleted ones go, and only once the list is complete', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(6), 2))
    await repositories.refreshAll()
    const before = await ids()
    listing.rows = listing.rows.slice(1)
    listing.breaks = { before: 2, failure: new Failure('server-error') }
    await repositories.refreshAll()
    expect(await ids()).toEqual(before)
    listing.breaks = null
    await repositories.refreshAll()
    expect(await ids()).toEqual(before.slice(1))
  })

  it('follows a renamed one by its id', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(3)))
    await repositories.refreshAll()
    const [first, ...others] = listing.rows
    const renamed = { ...(first as RemoteRepository), path: 'new-home/new-name', owner: 'new-home', name: 'new-name' }
    listing.rows = [renamed, ...others]
    await repositories.refreshAll()
    expect(await paths('new-home')).toEqual(['new-home/new-name'])
    expect((await query()).total).toBe(3)
    await restart()
    expect(await paths('new-home')).toEqual(['new-home/new-name'])
  })

  it('shows a failure with the account and keeps its rows', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(5)))
    await repositories.refreshAll()
    listing.breaks = { before: 0, failure: new Failure('unreachable', { host: 'forge.example' }) }
    await repositories.refreshAll()
    expect(await listingOf('ada')).toMatchObject({
      state: 'failed',
      count: 5,
      failure: { code: 'unreachable', facts: { host: 'forge.example' } },
    })
    expect(await listingOf('bob')).toMatchObject({ state: 'idle', failure: null })
    expect(access.told).toContain('ada unreachable')
  })

  it('tells a defect from a failure, and logs it', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(5)))
    listing.breaks = { before: 0, failure: new TypeError('a defect') }
    await repositories.refreshAll()
    expect(await listingOf('ada')).toMatchObject({ state: 'failed', failure: { code: 'unexpected' } })
    expect(logged).toContain('A listing ended unexpectedly')
  })

  it('marks a list that is incomplete, and lets nothing go by it', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(5)))
    await repositories.refreshAll()
    clock.advance(1000)
    listing.rows = listing.rows.slice(0, 3)
    listing.partial = new Failure('sso-required', { owner: 'acme' })
    await repositories.refreshAll()
    expect((await query()).total).toBe(5)
    expect(await listingOf('ada')).toMatchObject({
      state: 'idle',
      completeAt: clock.now() - 1000,
      failure: { code: 'sso-required' },
    })
    expect(listed).toContain('ada 5 sso-required')
    await restart()
    expect((await query()).total).toBe(5)
    expect((await listingOf('ada'))?.failure).toMatchObject({ code: 'sso-required' })
  })

  it('keeps the validators of the rest when it is cut short', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(500)))
    await repositories.refreshAll()
    listing.breaks = { before: 2, failure: new Failure('unreachable') }
    await repositories.refreshAll()
    listing.breaks = null
    await repositories.refreshAll()
    expect(listing.answered).toEqual({ whole: 5, unchanged: 2 + 5 })
  })

  it('stops what only the window asked for', async () => {
    const stuck: Record<'ada' | 'bob', () => void> = { ada: () => undefined, bob: () => undefined }
    const wait = (id: 'ada' | 'bob') => (page: number) =>
      page === 1 ? new Promise<void>((resolve) => (stuck[id] = resolve)) : Promise.resolve()
    listAs('ada', fakeListing(remoteRepositories(300))).pause = wait('ada')
    listAs('bob', fakeListing(remoteRepositories(300, 1000, 'https://other.example'))).pause = wait('bob')
    repositories.connected('bob')
    await repositories.handlers.refresh({ accountId: null })
    await expect.poll(async () => (await query()).total).toBe(200)
    await repositories.handlers.stop(undefined)
    stuck.ada()
    stuck.bob()
    await expect.poll(async () => (await listingOf('bob'))?.count).toBe(300)
    await expect.poll(() => listingOf('ada')).toMatchObject({ state: 'idle', count: 100, failure: null })
  })

  it('runs once for everybody who asks meanwhile', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(100)))
    await Promise.all([repositories.refreshAll(), repositories.refreshAll(), repositories.refreshAll()])
    expect(listing.answered.whole).toBe(1)
  })

  it('refuses a page that is called unchanged and was never seen', async () => {
    access.clients.set('ada', {
      repositories: async function* () {
        yield { url: 'https://forge.example/never', etag: '"x"', total: null, unchanged: true as const }
      },
    })
    await repositories.refreshAll()
    expect(await listingOf('ada')).toMatchObject({ state: 'failed', failure: { code: 'bad-answer' } })
  })
})

describe('the index on disk', () => {
  it('is shown at start before any network, with its age', async () => {
    listAs('ada', fakeListing(remoteRepositories(2500)))
    await repositories.refreshAll()
    const completeAt = clock.now()
    const before = await query('web', { language: 'TypeScript' })
    await repositories.stop()
    access.clients.clear()
    clock.advance(86_400_000)
    start()
    const after = await query('web', { language: 'TypeScript' })
    expect(after).toEqual({ ...before, listings: after.listings })
    expect(await listingOf('ada')).toMatchObject({ state: 'idle', count: 2500, completeAt, failure: null })
  })

  it('is written in files of about a thousand rows, and only what changed is written again', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(5000)))
    await repositories.refreshAll()
    await repositories.stop()
    const before = await readdir(join(folder, 'ada'))
    expect(before).toHaveLength(6)
    start()
    const [first, ...others] = listing.rows
    listing.rows = [{ ...(first as RemoteRepository), pushedAt: 1 }, ...others]
    await repositories.refreshAll()
    await repositories.stop()
    const after = await readdir(join(folder, 'ada'))
    expect(after).toHaveLength(6)
    expect(after.filter((name) => before.includes(name))).toHaveLength(5)
  })

  it('keeps what a listing found that was cut short', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(500)))
    listing.breaks = { before: 3, failure: new Failure('unreachable') }
    await repositories.refreshAll()
    await restart()
    expect((await query()).total).toBe(300)
    listing.breaks = null
    await repositories.refreshAll()
    expect(listing.answered).toEqual({ whole: 3 + 2, unchanged: 3 })
  })

  it('loses no more than a damaged file held, and gets that back', async () => {
    const listing = listAs('ada', fakeListing(remoteRepositories(3000)))
    await repositories.refreshAll()
    await repositories.stop()
    const { parts } = JSON.parse(await readFile(join(folder, 'ada', 'index.json'), 'utf8')) as { parts: string[] }
    await writeFile(join(folder, 'ada', `${parts[1]}.json`), '{"version":1,"forms":[],"pages":[{"ur')
    start()
    expect((await query()).total).toBe(2000)
    await repositories.refreshAll()
    expect((await query()).total).toBe(3000)
    expect(listing.answered).toEqual({ whole: 30 + 20, unchanged: 10 })
  })

  it('is not believed when it belongs to another host', async () => {
    listAs('ada', fakeListing(remoteRepositories(10)))
    await repositories.refreshAll()
    await repositories.stop()
    access.accounts = [accountRecord({ id: 'ada', host: 'https://elsewhere.example' })]
    start()
    expect((await query()).total).toBe(0)
  })

  it('goes with its account', async () => {
    listAs('ada', fakeListing(remoteRepositories(10)))
    await repositories.refreshAll()
    access.accounts = access.accounts.filter(({ id }) => id !== 'ada')
    repositories.removed('ada')
    expect((await query()).total).toBe(0)
    await repositories.stop()
    expect(await readdir(folder)).toEqual(['bob', 'view.json'])
    expect(await readFile(join(folder, 'view.json'), 'utf8')).not.toContain(remoteRepository(0).path)
  })

  it('leaves what it showed last for the first page of the next start', async () => {
    listAs('ada', fakeListing(remoteRepositories(5000)))
    await repositories.refreshAll()
    const shown = await query()
    await query('engine')
    await restart()
    const kept = parse(FirstRows, JSON.parse(await readFile(join(folder, 'view.json'), 'utf8')))
    expect(kept.slice).toEqual(shown)
    expect(kept.question).toMatchObject({ text: '', sort: 'pushed' })
  })

  it('leaves nothing of an account that has moved to another host since', async () => {
    listAs('ada', fakeListing(remoteRepositories(10)))
    await repositories.refreshAll()
    await query()
    access.accounts = access.accounts.map((account) => ({ ...account, host: 'https://elsewhere.example' }))
    await repositories.stop()
    expect(await readdir(folder)).not.toContain('view.json')
  })

  it('goes at the next start when the app was killed before', async () => {
    listAs('ada', fakeListing(remoteRepositories(10)))
    await repositories.refreshAll()
    await repositories.stop()
    access.accounts = access.accounts.filter(({ id }) => id !== 'ada')
    start()
    await repositories.load()
    await expect.poll(() => readdir(folder)).toEqual(['bob'])
  })
})

describe('several accounts of one host', () => {
  beforeEach(() => {
    access.accounts = [
      accountRecord({ id: 'ada', isDefault: true }),
      accountRecord({ id: 'bob', connectedAt: 1 }),
      accountRecord({ id: 'eve', host: 'https://other.example', connectedAt: 2 }),
    ]
    listAs('ada', fakeListing(remoteRepositories(3)))
    listAs('bob', fakeListing(remoteRepositories(3, 2)))
    listAs('eve', fakeListing(remoteRepositories(1)))
  })
  const shownBy = async () => (await query('', {}, { sort: 'name' })).rows.map(({ key }) => key).sort()

  it('show a repository once, as the default account sees it', async () => {
    await repositories.refreshAll()
    expect(await shownBy()).toEqual([
      'ada/1000000',
      'ada/1000001',
      'ada/1000002',
      'bob/1000003',
      'bob/1000004',
      'eve/1000000',
    ])
    expect(await query()).toMatchObject({ total: 6, known: 6 })
    expect(await query('', { accountId: 'bob' })).toMatchObject({ total: 3, known: 3 })
  })

  it('follow a change of the default', async () => {
    await repositories.refreshAll()
    await shownBy()
    const [ada, bob, eve] = access.accounts
    access.accounts = [bob, ada, eve].flatMap((account) => account ?? [])
    expect(await shownBy()).toEqual([
      'ada/1000000',
      'ada/1000001',
      'bob/1000002',
      'bob/1000003',
      'bob/1000004',
      'eve/1000000',
    ])
  })

  it('show it through the other account when the first no longer sees it', async () => {
    await repositories.refreshAll()
    await shownBy()
    listAs('ada', fakeListing(remoteRepositories(2)))
    await repositories.refreshAll()
    expect(await shownBy()).toContain('bob/1000002')
    expect((await query()).known).toBe(6)
    access.accounts = access.accounts.filter(({ id }) => id !== 'bob')
    repositories.removed('bob')
    expect(await shownBy()).toEqual(['ada/1000000', 'ada/1000001', 'eve/1000000'])
  })
})

describe('one repository', () => {
  const remote = remoteRepository(1)

  it('comes from the index', async () => {
    listAs('ada', fakeListing([remote]))
    await repositories.refreshAll()
    expect(await repositories.handlers.get({ accountId: 'ada', id: remote.id })).toEqual({
      ...remote,
      accountId: 'ada',
      key: `ada/${remote.id}`,
    })
  })

  it('is asked for when the index does not have it', async () => {
    access.clients.set('ada', { repository: async () => remote })
    expect(await repositories.handlers.get({ accountId: 'ada', id: remote.id })).toMatchObject({ path: remote.path })
    expect((await query()).total).toBe(1)
  })

  it('opens its own page and no other', async () => {
    listAs('ada', fakeListing([remote, { ...remoteRepository(2), webUrl: 'https://evil.example/x' }]))
    await repositories.refreshAll()
    await repositories.handlers.open({ accountId: 'ada', id: remote.id })
    expect(opened).toEqual([remote.webUrl])
    const foreign = repositories.handlers.open({ accountId: 'ada', id: '1000002' })
    await expect(foreign).rejects.toMatchObject({ code: 'foreign-link-refused' })
    expect(opened).toHaveLength(1)
  })

  it('has its branches read through renames', async () => {
    const moved = { ...remote, path: 'new-home/new-name', owner: 'new-home', name: 'new-name' }
    const main = { name: 'main', commit: 'a'.repeat(40), default: true, protected: false }
    listAs('ada', fakeListing([remote]))
    await repositories.refreshAll()
    access.clients.set('ada', {
      repository: async () => moved,
      branches: async ({ path }) => {
        if (path !== moved.path) throw new Failure('not-found')
        return { branches: [main], next: null }
      },
    })
    const asked = { accountId: 'ada', id: remote.id, text: '', cursor: null }
    expect(await repositories.handlers.branches(asked)).toEqual({ branches: [main], next: null })
    expect(await paths()).toEqual([moved.path])
  })

  it('leaves the index when it is gone', async () => {
    listAs('ada', fakeListing([remote]))
    await repositories.refreshAll()
    const gone = async () => {
      throw new Failure('not-found')
    }
    access.clients.set('ada', { repository: gone, branches: gone })
    const asked = { accountId: 'ada', id: remote.id, text: '', cursor: null }
    await expect(repositories.handlers.branches(asked)).rejects.toMatchObject({ code: 'not-found' })
    expect((await query()).total).toBe(0)
  })

  it('stays when only the network is gone', async () => {
    listAs('ada', fakeListing([remote]))
    await repositories.refreshAll()
    access.clients.set('ada', {
      branches: async () => {
        throw new Failure('unreachable')
      },
    })
    const asked = { accountId: 'ada', id: remote.id, text: '', cursor: null }
    await expect(repositories.handlers.branches(asked)).rejects.toMatchObject({ code: 'unreachable' })
    expect((await query()).total).toBe(1)
    expect(access.told.at(-1)).toBe('ada unreachable')
  })
})

describe('what the filters offer', () => {
  it('is counted over what is in view, most frequent first', async () => {
    listAs('ada', fakeListing(remoteRepositories(40).map((row, at) => ({ ...row, owner: at < 30 ? 'big' : 'small' }))))
    listAs('bob', fakeListing([{ ...remoteRepository(1), owner: 'other', language: 'COBOL' }]))
    await repositories.refreshAll()
    expect((await query()).owners).toEqual(['big', 'small', 'other'])
    expect((await query('', { accountId: 'bob' })).owners).toEqual(['other'])
    expect((await query('', { accountId: 'bob' })).languages).toEqual(['COBOL'])
  })
})
