import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RepositoryFilters } from '../../../src-preload/contract/entities/repository'
import { remoteRepository } from '../../testing/many-repositories'
import { createHaystack } from './haystack'
import { createPool, fold, type Row, toRepository, toRow } from './row'
import { decodePages, encodePages } from './row-codec'
import { search } from './search'
import { byName, byPush, createSortedRows } from './sorted-rows'

const pool = createPool()
const everything: RepositoryFilters = {
  accountId: null,
  owner: null,
  visibility: 'any',
  archived: 'any',
  fork: 'any',
  language: null,
}
const rowAt = (path: string, more: Partial<ReturnType<typeof remoteRepository>> = {}): Row =>
  toRow(
    {
      ...remoteRepository(1),
      path,
      owner: path.slice(0, Math.max(0, path.lastIndexOf('/'))),
      name: path.slice(path.lastIndexOf('/') + 1),
      httpsUrl: `https://forge.example/${path}.git`,
      sshUrl: `git@forge.example:${path}.git`,
      webUrl: `https://forge.example/${path}`,
      id: path,
      ...more,
    },
    'ada',
    pool,
  )
const find = (rows: readonly Row[], text: string, filters: Partial<RepositoryFilters> = {}, again = false) =>
  search({ rows, haystack: () => createHaystack(rows), again }, { text, filters: { ...everything, ...filters } }).map(
    ({ path }) => path,
  )

const rows = [
  'acme/web-gateway',
  'acme/gateway',
  'gateway/docs',
  'acme/Billing',
  'acme/billing-web',
  'other/web',
  'acme/platform/deep/mailer',
  'acme/über-straße',
].map((path) => rowAt(path))

describe.each([
  { way: 'the first time', again: false },
  { way: 'again in the same rows', again: true },
])('searching $way', ({ again }) => {
  it.each([
    ['', rows.map(({ path }) => path)],
    ['gateway', ['acme/gateway', 'acme/web-gateway', 'gateway/docs']],
    ['GATE', ['acme/gateway', 'acme/web-gateway', 'gateway/docs']],
    ['acme web', ['acme/billing-web', 'acme/web-gateway'].reverse()],
    ['web', ['other/web', 'acme/web-gateway', 'acme/billing-web']],
    ['  acme/bill ', ['acme/Billing', 'acme/billing-web']],
    ['deep/', ['acme/platform/deep/mailer']],
    ['ÜBER', ['acme/über-straße']],
    ['u\u0308ber', ['acme/über-straße']],
    ['gatewya', ['acme/web-gateway', 'acme/gateway', 'gateway/docs']],
    ['biling', ['acme/Billing', 'acme/billing-web']],
    ['gtwy', ['acme/web-gateway', 'acme/gateway', 'gateway/docs']],
    ['[*.+?^$', []],
    ['zzz', []],
    ['-', ['acme/web-gateway', 'acme/billing-web', 'acme/über-straße']],
  ])('finds "%s"', (text, expected) => {
    expect(find(rows, text, {}, again)).toEqual(expected)
  })

  it('never fails, and finds whatever holds every word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 20 }),
        fc.string({ unit: 'grapheme' }),
        (names, text) => {
          const some = names.map((name) => rowAt(`o/${name}`))
          const words = fold(text)
            .split(/\s+/)
            .filter((word) => word !== '')
          const holding = some.filter(({ folded }) => words.every((word) => folded.includes(word)))
          const found = find(some, text, {}, again)
          if (holding.length > 0) expect([...found].sort()).toEqual(holding.map(({ path }) => path).sort())
        },
      ),
    )
  })
})

it('gives the same order the first time and again', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 4 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(part, part), { maxLength: 30 }),
      fc.string({ unit: fc.constantFrom('a', 'b', '/', ' '), maxLength: 5 }),
      (names, text) => {
        const some = names.map(([owner, name]) => rowAt(`${owner}x/${name}y`))
        expect(find(some, text, {}, true)).toEqual(find(some, text))
      },
    ),
    { numRuns: 1000 },
  )
})

describe('filters', () => {
  const some = [
    rowAt('a/one', { private: true, archived: false, fork: false, language: 'Go' }),
    rowAt('a/two', { private: false, archived: true, fork: false, language: 'Go' }),
    rowAt('b/three', { private: true, archived: false, fork: true, language: null }),
  ]
  it.each<[Partial<RepositoryFilters>, readonly string[]]>([
    [{ visibility: 'private' }, ['a/one', 'b/three']],
    [{ visibility: 'public' }, ['a/two']],
    [{ archived: 'no' }, ['a/one', 'b/three']],
    [{ archived: 'yes' }, ['a/two']],
    [{ fork: 'yes' }, ['b/three']],
    [{ fork: 'no', archived: 'no' }, ['a/one']],
    [{ owner: 'a' }, ['a/one', 'a/two']],
    [{ language: 'Go', visibility: 'private' }, ['a/one']],
    [{ accountId: 'nobody' }, []],
  ])('%j', (filters, expected) => {
    expect(find(some, '', filters)).toEqual(expected)
    expect(find(some, 'o', filters, true).sort()).toEqual(expected.filter((path) => path.includes('o')).sort())
  })
})

describe('rows in order', () => {
  const step = fc.oneof(
    fc.record({ add: fc.integer({ min: 0, max: 500 }), pushedAt: fc.option(fc.integer({ min: 0, max: 50 })) }),
    fc.record({ drop: fc.nat() }),
    fc.constant({ look: true as const }),
  )
  it.each([
    ['by push', byPush],
    ['by name', byName],
  ])('%s, whatever comes and goes', (_, compare) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const sorted = createSortedRows(compare)
        let expected: Row[] = []
        for (const one of steps) {
          if ('add' in one) {
            const row = rowAt(`o/${one.add}`, { pushedAt: one.pushedAt })
            sorted.add(row)
            expected.push(row)
          } else if ('drop' in one && expected.length > 0) {
            const row = expected[one.drop % expected.length]
            if (row !== undefined) row.gone = true
            sorted.dropped()
            expected = expected.filter((other) => other !== row)
          } else {
            sorted.rows()
          }
        }
        const got = sorted.rows()
        expect(new Set(got)).toEqual(new Set(expected))
        expect(got).toHaveLength(expected.length)
        got.slice(1).forEach((row, at) => {
          expect(compare(got[at] ?? row, row)).toBeLessThanOrEqual(0)
        })
      }),
    )
  })

  it('of many at once', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => rowAt(`o/${(at * 7919) % 20_000}`))
    const sorted = createSortedRows(byName)
    for (const row of many) sorted.add(row)
    expect(sorted.rows()).toEqual([...many].sort(byName))
  })
})

const remote = fc.record({
  id: fc.string({ minLength: 1 }),
  path: fc.string({ minLength: 1 }),
  owner: fc.string(),
  name: fc.string(),
  private: fc.boolean(),
  archived: fc.boolean(),
  fork: fc.boolean(),
  language: fc.option(fc.string()),
  pushedAt: fc.option(fc.integer()),
  defaultBranch: fc.option(fc.string()),
  httpsUrl: fc.webUrl(),
  sshUrl: fc.option(fc.string()),
  webUrl: fc.webUrl(),
})

describe('a row', () => {
  it('gives back what the provider said, also from disk', () => {
    fc.assert(
      fc.property(remote, (given) => {
        const row = toRow(given, 'ada', createPool())
        const whole = { ...given, accountId: 'ada', key: `ada/${given.id}` }
        expect(toRepository(row)).toEqual(whole)
        const disk: unknown = JSON.parse(JSON.stringify(encodePages([{ page: null, rows: [row] }])))
        const [page] = decodePages(disk, 'ada', createPool()) ?? []
        expect(page?.rows.map(toRepository)).toEqual([whole])
      }),
    )
  })

  it('is not made of anything else', () => {
    fc.assert(
      fc.property(fc.anything(), (junk) => {
        expect(decodePages(junk, 'ada', pool)).toBeNull()
        const disk = { version: 1, forms: [['https://h/', '']], pages: [{ url: 'u', etag: null, rows: [junk] }] }
        expect(decodePages(disk, 'ada', pool)).toBeNull()
      }),
    )
  })
})
