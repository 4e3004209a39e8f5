import type { Repository } from '../entities'
import { cutPage, linkHeader, positive, withParameters } from '../paging'
import { json, type Reply } from '../reply'
import type { ApiCall } from './api'

const LIMITS = { default: 20, max: 100 }
/** Above this many rows nothing is counted, so totals and the last page are left out. */
const COUNTED = 10_000
/** The deepest row that page numbers reach among projects. */
const OFFSET_LIMIT = 50_000

/**
 * A page by number, with GitLab's headers. `uncountedFirst`: the first page of branches is read without counting, and a
 * second one is called its next whether there is one or not.
 */
export function offsetPage<T>(
  call: ApiCall,
  rows: readonly T[],
  shape: (row: T) => unknown,
  address: string,
  { projects = false, uncountedFirst = false } = {},
): Reply {
  const page = cutPage(rows, { page: call.query.get('page'), size: call.query.get('per_page') }, LIMITS)
  if (projects && (page.page - 1) * page.size > OFFSET_LIMIT) {
    return json(405, {
      error: `Offset pagination has a maximum allowed offset of ${OFFSET_LIMIT} for requests that return objects of type Project. Remaining records can be retrieved using keyset pagination.`,
    })
  }
  const counted = page.total <= COUNTED
  const target = (number: number): string =>
    withParameters(address, call.query, { page: String(number), per_page: String(page.size) })
  const more = page.page < page.last || (uncountedFirst && page.page === 1)
  const links = [
    linkHeader(page, target, ['prev']),
    more ? `<${target(page.page + 1)}>; rel="next"` : null,
    `<${target(1)}>; rel="first"`,
    counted ? `<${target(page.last)}>; rel="last"` : null,
  ].filter((link) => link !== null)
  return json(200, page.rows.map(shape), {
    link: links.join(', '),
    'x-page': String(page.page),
    'x-per-page': String(page.size),
    'x-prev-page': page.page > 1 ? String(page.page - 1) : '',
    'x-next-page': more ? String(page.page + 1) : '',
    ...(counted ? { 'x-total': String(page.total), 'x-total-pages': String(page.last) } : {}),
  })
}

/**
 * A page by position: rows after (or before) an id; `rows` come in the order that was asked for. The link is there for as long as the page has rows, so the last
 * page is an empty one; docs.gitlab.com, "REST API", "Keyset-based pagination".
 */
export function keysetPage(
  call: ApiCall,
  rows: readonly Repository[],
  shape: (row: Repository) => unknown,
  address: string,
): Reply {
  const { query } = call
  if ((query.get('order_by') ?? 'created_at') !== 'id') {
    return json(405, { error: 'Keyset pagination is not yet available for this type of request' })
  }
  const size = Math.min(positive(query.get('per_page'), LIMITS.default), LIMITS.max)
  const ascending = query.get('sort') === 'asc'
  const after = query.get('id_after')
  const before = query.get('id_before')
  const left = rows.filter(
    (row) => (after === null || row.id > Number(after)) && (before === null || row.id < Number(before)),
  )
  const page = left.slice(0, size)
  const last = page.at(-1)
  const bound = ascending ? 'id_after' : 'id_before'
  const link = last && `<${withParameters(address, query, { [bound]: String(last.id) })}>; rel="next"`
  return json(200, page.map(shape), link ? { link } : {})
}
