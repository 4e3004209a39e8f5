import { number } from 'valibot'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import type { Answer } from './answer'
import type { Http, RequestOptions } from './http'
import { linkTo, pageOf } from './links'
import { listPages, type Page, type PagedList } from './pages'
import { readRows } from './read-as'

const origin = 'https://api.example.org'

interface World {
  size: number
  /** Rows of the whole list. */
  rows: number[]
  version: Map<number, number>
  tellsLast: boolean
  latency: number
}

let running = 0
let most = 0
let log: string[] = []
afterEach(() => {
  running = 0
  most = 0
  log = []
})

/** A list behind `Http` that pages by `Link`, with validators, as GitHub does. */
const httpOf = (world: World): Http => ({
  host: 'https://example.org',
  kind: 'token',
  send: () => Promise.reject(new Error('Nothing is sent here.')),
  get: async (path: string, options?: RequestOptions): Promise<Answer> => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, world.latency))
    running -= 1
    if (options?.signal?.aborted) throw new Failure('cancelled')
    const url = path.startsWith('/') ? origin + path : path
    const page = pageOf(url) ?? 1
    const last = Math.max(1, Math.ceil(world.rows.length / world.size))
    const etag = `"${page}.${world.version.get(page) ?? 0}"`
    const link = [
      ...(page < last ? [`<${origin}/rows?page=${page + 1}>; rel="next"`] : []),
      ...(page < last && world.tellsLast ? [`<${origin}/rows?page=${last}>; rel="last"`] : []),
    ]
    const unchanged = options?.etag === etag
    log.push(`${page}${unchanged ? ' unchanged' : ''}`)
    return {
      status: unchanged ? 304 : 200,
      url,
      headers: { etag, ...(!unchanged && link.length > 0 && { link: link.join(', ') }) },
      body: unchanged ? null : world.rows.slice((page - 1) * world.size, page * world.size),
    }
  },
})

const list: PagedList<number> = {
  first: '/rows',
  size: 10,
  rows: (answer) => readRows(number(), answer, (row) => row),
  next: (answer) => linkTo(answer, 'next'),
  last: (answer) => pageOf(linkTo(answer, 'last') ?? ''),
}

const makeWorld = (rows: number, change: Partial<World> = {}): World => ({
  size: 10,
  rows: Array.from({ length: rows }, (_, i) => i),
  version: new Map(),
  tellsLast: true,
  latency: 0,
  ...change,
})

const collect = async <T>(pages: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const page of pages) all.push(page)
  return all
}
const rowsOf = (pages: readonly Page<number>[]) => pages.flatMap((page) => ('rows' in page ? page.rows : []))
const knownOf = (pages: readonly Page<number>[]) =>
  pages.map((page) => ({ url: page.url, etag: page.etag ?? '', rows: 'rows' in page ? page.rows.length : 10 }))

describe('a list', () => {
  it.each([
    [0, true],
    [9, true],
    [10, true],
    [11, true],
    [957, true],
    [957, false],
  ])('of %i rows is read whole and in order (last page told: %s)', async (count, tellsLast) => {
    const world = makeWorld(count, { tellsLast })
    expect(rowsOf(await collect(listPages(httpOf(world), list)))).toEqual(world.rows)
    expect(most).toBe(tellsLast && count > 20 ? 8 : 1)
  })

  it('gives the first page before it asks for the others', async () => {
    const pages = listPages(httpOf(makeWorld(100)), list)
    await pages.next()
    expect(log).toEqual(['1'])
    await pages.return()
  })

  it('that grows meanwhile is read to its new end', async () => {
    const world = makeWorld(30)
    const rows: number[] = []
    for await (const page of listPages(httpOf(world), list)) {
      if ('rows' in page) rows.push(...page.rows)
      if (rows.length === 10) world.rows = Array.from({ length: 55 }, (_, i) => i)
    }
    expect(rows).toEqual(world.rows)
  })

  it('is asked for no further when the reader stops', async () => {
    const world = makeWorld(1_000, { latency: 2 })
    for await (const page of listPages(httpOf(world), list)) if (page.url.endsWith('page=3')) break
    await expect.poll(() => running).toBe(0)
    expect(log.length).toBeLessThanOrEqual(3 + 8)
  })
})

describe('a list read before', () => {
  it('is asked about at once, and nothing comes again', async () => {
    const world = makeWorld(955)
    const known = knownOf(await collect(listPages(httpOf(world), list)))
    log = []
    const pages = await collect(listPages(httpOf(world), list, { known }))
    expect(pages.every((page) => 'unchanged' in page)).toBe(true)
    expect(log).toHaveLength(96)
    expect(most).toBe(32)
  })

  it('brings only the pages that changed', async () => {
    const world = makeWorld(45)
    const known = knownOf(await collect(listPages(httpOf(world), list)))
    world.version.set(3, 1)
    const pages = await collect(listPages(httpOf(world), list, { known }))
    expect(pages.map((page) => 'unchanged' in page)).toEqual([true, true, false, true, true])
  })

  it.each([
    [20, 35],
    [20, 21],
    [15, 95],
    [40, 12],
    [40, 0],
    [20, 20],
  ])('of %i rows is complete when it has become %i', async (before, after) => {
    const world = makeWorld(before)
    const first = await collect(listPages(httpOf(world), list))
    const remembered = new Map(first.map((page) => [page.url, 'rows' in page ? page.rows : []]))
    const known = knownOf(first)
    world.rows = Array.from({ length: after }, (_, i) => i)
    const lastKept = Math.floor(Math.min(before, after) / 10)
    for (let page = lastKept + 1; page <= 10; page += 1) world.version.set(page, 1)
    const pages = await collect(listPages(httpOf(world), list, { known }))
    expect(pages.flatMap((page) => ('rows' in page ? page.rows : (remembered.get(page.url) ?? [])))).toEqual(world.rows)
  })
})

describe('a hostile list', () => {
  const answering = (answer: (url: string) => Partial<Answer>): Http => ({
    ...httpOf(makeWorld(0)),
    get: async (path) => {
      const url = path.startsWith('/') ? origin + path : path
      log.push(url)
      return { status: 200, url, headers: {}, body: [1], ...answer(url) }
    },
  })
  const why = async (http: Http) => {
    const error = await collect(listPages(http, list)).catch((reason: unknown) => reason)
    return error instanceof Failure ? `${error.code} ${error.facts.why}` : error
  }

  it('that leads to itself or back to an earlier page is refused', async () => {
    const itself = answering((url) => ({ headers: { link: `<${url}>; rel="next"` } }))
    expect(await why(itself)).toBe('bad-answer page-circle')
    const back = answering((url) => ({
      headers: { link: `<${url.endsWith('b') ? `${origin}/rows` : `${origin}/b`}>; rel="next"` },
    }))
    expect(await why(back)).toBe('bad-answer page-circle')
    expect(log.length).toBeLessThan(8)
  })

  it('that claims a last page beyond all measure is refused', async () => {
    const link = `<${origin}/rows?page=2>; rel="next", <${origin}/rows?page=999999999>; rel="last"`
    expect(await why(answering(() => ({ headers: { link } })))).toBe('bad-answer endless')
  })

  it('that never ends is refused', async () => {
    const endless = answering((url) => ({
      headers: { link: `<${origin}/rows?after=${Number(url.split('=')[1] ?? 0) + 1}>; rel="next"` },
    }))
    expect(await why(endless)).toBe('bad-answer endless')
  })
})

it('reads 10,000 rows in at most half the time of one page after the other, and again in a fifth', async () => {
  // The clock is the test's own: what counts is how many answers are waited for one after the other.
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const world = makeWorld(1_000, { latency: 5 })
  const time = async (run: () => Promise<unknown>) => {
    const from = Date.now()
    let done = false
    const running = run().finally(() => {
      done = true
    })
    while (!done) await vi.advanceTimersByTimeAsync(1)
    await running
    return Date.now() - from
  }
  const oneByOne = await time(() => collect(listPages(httpOf(world), { ...list, last: () => null })))
  let pages: Page<number>[] = []
  const together = await time(async () => {
    pages = await collect(listPages(httpOf(world), list))
  })
  const again = await time(() => collect(listPages(httpOf(world), list, { known: knownOf(pages) })))
  expect(together).toBeLessThan(oneByOne / 2)
  expect(again).toBeLessThan(oneByOne / 5)
})
