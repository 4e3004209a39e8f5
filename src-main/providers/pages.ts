import { Failure } from '../../src-preload/contract/outcome'
import type { Answer } from './answer'
import type { Http } from './http'
import { inOrder } from './in-order'
import { pageOf, withPage } from './links'
import type { KnownPage, ListOptions, OnPartial } from './provider'
import type { Rows } from './read-as'

/** Whole pages at once. Providers ask for restraint; eight are far below their limits for concurrent requests. */
const together = 8
/** Questions whether a page has changed cost a provider next to nothing, and GitHub does not count them. */
const togetherConditional = 32
/** 100,000 repositories by pages of 50, ten times over: more is a server that never ends. */
const mostPages = 20_000

/** How one list of a provider is read. */
export interface PagedList<Row> {
  /** Path of the first page. */
  readonly first: string
  /** Rows in a full page. */
  readonly size: number
  readonly rows: (answer: Answer) => Rows<Row>
  /** Absolute address of the page after this one, or null at the end. */
  readonly next: (answer: Answer) => string | null
  /** Number of the last page, where the answer tells it and pages are numbered by `page` in the address. */
  readonly last?: (answer: Answer) => number | null
  /** Rows in the whole list, where the answer tells. */
  readonly total?: (answer: Answer) => number | null
}

/** A page with its rows, or one whose rows are known and still hold. */
export type Page<Row> =
  | (Rows<Row> & {
      readonly url: string
      /** Null also for a page with rows that could not be read: it is asked for whole the next time. */
      readonly etag: string | null
      readonly total: number | null
    })
  | { readonly url: string; readonly etag: string; readonly total: number | null; readonly unchanged: true }

/**
 * Reads a list page by page, in order. The first page is yielded as soon as it is here; when it tells which is the
 * last, the others are asked for together. Pages known from an earlier listing are asked for all at once, with their
 * validators. Fails with `bad-answer` when pages lead in a circle or never end, and with `foreign-link-refused` when one
 * leads to another origin.
 */
export async function* listPages<Row>(
  http: Http,
  list: PagedList<Row>,
  options: { readonly known?: readonly KnownPage[]; readonly signal?: AbortSignal } = {},
): AsyncGenerator<Page<Row>, void, undefined> {
  const { signal } = options
  const known = options.known?.[0]?.url.endsWith(list.first) ? options.known : []
  const visited = new Set<string>()

  const get = async (url: string, inner?: AbortSignal, etag?: string): Promise<Answer> =>
    http.get(url, { ...(inner && { signal: inner }), ...(etag !== undefined && { etag }) })

  const toPage = (url: string, answer: Answer): Page<Row> => {
    const rows = list.rows(answer)
    return {
      url: url === list.first ? answer.url : url,
      etag: rows.unread > 0 ? null : (answer.headers.etag ?? null),
      total: list.total?.(answer) ?? null,
      ...rows,
    }
  }

  const circle = (url: string): void => {
    const { host } = new URL(url)
    if (visited.has(url)) throw new Failure('bad-answer', { host, why: 'page-circle' })
    if (visited.size >= mostPages) throw new Failure('bad-answer', { host, why: 'endless' })
    visited.add(url)
  }

  /** Addresses of the pages after `next`, up to the last one that the answer tells of. */
  const numbered = (answer: Answer, next: string): readonly string[] => {
    const from = pageOf(next)
    const last = list.last?.(answer) ?? null
    if (from === null || last === null || last <= from) return []
    if (last > mostPages) throw new Failure('bad-answer', { host: new URL(next).host, why: 'endless' })
    return Array.from({ length: last - from }, (_, i) => withPage(next, from + 1 + i))
  }

  let next: string | null = list.first
  if (known.length > 0) {
    const ask = async ({ url, etag, rows }: KnownPage, inner: AbortSignal) => ({
      url,
      etag,
      rows,
      answer: await get(url, inner, etag),
    })
    for await (const { url, etag, rows, answer } of inOrder(known, togetherConditional, ask, signal)) {
      circle(url)
      if (answer.status === 304) {
        yield { url, etag, total: null, unchanged: true }
        // A 304 need not repeat where the list goes on (RFC 9110 section 15.4.5): only a full page can have a successor.
        const page = pageOf(url) ?? (url === known[0]?.url ? 1 : null)
        next = list.next(answer) ?? (rows >= list.size && page !== null ? withPage(url, page + 1) : null)
      } else {
        yield toPage(url, answer)
        next = list.next(answer)
        if (next === null) return
      }
    }
  }

  while (next !== null) {
    const url: string = next
    const answer = await get(url, signal)
    circle(answer.url)
    yield toPage(url, answer)
    next = list.next(answer)
    if (next === null) return
    const rest = numbered(answer, next)
    if (rest.length === 0) continue
    const ask = async (address: string, inner: AbortSignal) => ({ address, answer: await get(address, inner) })
    for await (const page of inOrder([next, ...rest], together, ask, signal)) {
      circle(page.address)
      yield toPage(page.address, page.answer)
      next = list.next(page.answer)
      if (next === null) return
    }
  }
}

/** Tells that rows were left out. Fails with what was wrong with the first when there is no good row. */
const tellUnread = ({ unread, why }: Omit<Rows<unknown>, 'rows'>, good: boolean, onPartial?: OnPartial): void => {
  if (why === null) return
  if (!good) throw why
  const { host = '', request = '', at = '' } = why.facts
  onPartial?.(new Failure('rows-left-out', { host, request, at, count: String(unread) }))
}

/** The rows of one page that is read by itself; those left out are told. */
export const goodRows = <Row>(page: Rows<Row>, onPartial?: OnPartial): readonly Row[] => {
  tellUnread(page, page.rows.length > 0, onPartial)
  return page.rows
}

/** Passes pages on, and tells at the end how many of their rows were left out. Fails when none of any page was good. */
export async function* tellingUnread<Row>(
  pages: AsyncIterable<Page<Row>>,
  onPartial: OnPartial,
): AsyncGenerator<Page<Row>, void, undefined> {
  let good = false
  let all: Omit<Rows<Row>, 'rows'> = { unread: 0, why: null }
  for await (const page of pages) {
    good ||= 'unchanged' in page || page.rows.length > 0
    if ('rows' in page) all = { unread: all.unread + page.unread, why: all.why ?? page.why }
    yield page
  }
  tellUnread(all, good, onPartial)
}

/** All rows of a list that is short by nature, such as the hooks of one repository; those left out are told. */
export const listAll = async <Row>(
  http: Http,
  list: PagedList<Row>,
  { signal, onPartial }: ListOptions = {},
): Promise<readonly Row[]> => {
  const rows: Row[] = []
  const pages = listPages(http, list, signal ? { signal } : {})
  for await (const page of tellingUnread(pages, onPartial ?? (() => undefined)))
    if ('rows' in page) rows.push(...page.rows)
  return rows
}
