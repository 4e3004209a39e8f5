import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RepositoryFilters } from '../../../src-preload/contract/entities/repository'
import { createIndexFolder } from '../../storage/repository-index/index-folder'
import { accountRecord, fakeAccess } from '../../testing/fake-access'
import { type FakeListing, fakeListing } from '../../testing/fake-listing'
import { remoteRepositories } from '../../testing/many-repositories'
import { createRepositories, type Repositories } from './repositories'

// Far above what was measured (30 MB): for what grows with the square of the rows. How long tasks and queries last is
// measured by `npm run bench`.
const mostMemory = 80_000_000

const each = 12_500
/** Pages of a hundred rows, of all accounts. */
const pages = (8 * each) / 100
const hosts = ['https://a.example', 'https://b.example', 'https://c.example', 'https://d.example']
const filters: RepositoryFilters = {
  accountId: null,
  owner: null,
  visibility: 'any',
  archived: 'no',
  fork: 'any',
  language: null,
}

const accounts = Array.from({ length: 8 }, (_, at) =>
  accountRecord({ id: `account-${at}`, host: hosts[at % 4] ?? '', isDefault: at === 0, connectedAt: at }),
)
const access = fakeAccess(accounts)
const listings: FakeListing[] = accounts.map(({ id, host }, at) => {
  const listing = fakeListing(remoteRepositories(each, at * each, host))
  listing.pause = () => new Promise((resolve) => setImmediate(resolve))
  access.clients.set(id, { repositories: listing.repositories })
  return listing
})

let folder: string
let repositories: Repositories

const create = () =>
  createRepositories({
    access,
    folder: createIndexFolder(folder),
    listed: () => undefined,
    openPage: async () => undefined,
    clock: { now: () => Date.now() },
    announce: () => undefined,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
const query = (text: string, sort: 'pushed' | 'name' = 'pushed') =>
  repositories.handlers.query({ text, filters, sort, offset: 0, limit: 60 })

/** How often other work had the thread while something went on. */
const turnsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  let turns = 0
  let going = true
  const look = () => {
    turns += 1
    if (going) setImmediate(look)
  }
  setImmediate(look)
  await work()
  going = false
  return turns
}
const heapUsed = () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scale-'))
  repositories = create()
})
afterAll(async () => {
  await repositories.stop()
  await rm(folder, { recursive: true })
})

describe('100,000 repositories of 8 accounts', () => {
  it('are listed while the window looks, in short tasks and little memory', async () => {
    const before = heapUsed()
    let done = false
    const look = async () => {
      while (!done) {
        await query('web')
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    const looking = look()
    const turns = await turnsDuring(async () => {
      await repositories.refreshAll()
      done = true
      await looking
    })
    expect((await query('')).known).toBe(100_000)
    expect(turns).toBeGreaterThan(pages)
    expect(heapUsed() - before).toBeLessThan(mostMemory)
  }, 60_000)

  it('are listed again without a page that has not changed', async () => {
    const turns = await turnsDuring(() => repositories.refreshAll())
    expect(listings.map(({ answered }) => answered)).toEqual(Array(8).fill({ whole: 125, unchanged: 125 }))
    expect(turns).toBeGreaterThan(pages)
  }, 60_000)

  it('are read from disk in short tasks', async () => {
    await repositories.stop()
    repositories = create()
    const turns = await turnsDuring(() => repositories.load())
    expect((await query('')).known).toBe(100_000)
    expect(turns).toBeGreaterThan(accounts.length)
  }, 60_000)

  it.each(['', 'w', 'web', 'gateway serv', 'org-17/', 'web-service-4242', 'gatewya', 'gtwysrv', 'zzzzzz'])(
    'are searched for "%s" as it is typed',
    async (text) => {
      await query('a')
      const first = await query(text)
      // Spaces at the end change nothing, and neither does what was remembered of the question before.
      for (let turn = 1; turn < 3; turn++) expect(await query(text + ' '.repeat(turn))).toEqual(first)
    },
  )

  it('are put in the order of their names in short tasks', async () => {
    const turns = await turnsDuring(() => query('', 'name'))
    const { rows } = await query('', 'name')
    const paths = rows.map(({ path }) => path)
    expect(paths).toEqual([...paths].sort())
    expect(turns).toBeGreaterThan(1)
  }, 60_000)
})
