/** A page of a list, counted from 1. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly page: number
  readonly size: number
  readonly total: number
  readonly last: number
}

/** A positive whole number out of a query, or what stands for it. */
export function positive(text: string | null, otherwise: number): number {
  const number = text === null ? Number.NaN : Number(text)
  return Number.isInteger(number) && number > 0 ? number : otherwise
}

/** Cuts one page; asking for more than `limits.max` silently gives that many. */
export function cutPage<T>(
  rows: readonly T[],
  asked: { readonly page: string | null; readonly size: string | null },
  limits: { readonly default: number; readonly max: number },
): Page<T> {
  const size = Math.min(positive(asked.size, limits.default), limits.max)
  const page = positive(asked.page, 1)
  return {
    rows: rows.slice((page - 1) * size, page * size),
    page,
    size,
    total: rows.length,
    last: Math.max(1, Math.ceil(rows.length / size)),
  }
}

/** The address with some query parameters replaced. */
export function withParameters(
  address: string,
  query: URLSearchParams,
  changes: Readonly<Record<string, string>>,
): string {
  const changed = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) changed.set(name, value)
  return `${address}?${changed}`
}

/** A `Link` header's value (RFC 8288), or null when there is no other page. */
export function linkHeader(
  page: Page<unknown>,
  address: (page: number) => string,
  relations: readonly ('next' | 'prev' | 'first' | 'last')[] = ['prev', 'next', 'last', 'first'],
): string | null {
  const targets = {
    next: page.page < page.last ? page.page + 1 : null,
    prev: page.page > 1 ? page.page - 1 : null,
    first: page.page > 1 ? 1 : null,
    last: page.page < page.last ? page.last : null,
  }
  const links = relations.flatMap((relation) => {
    const target = targets[relation]
    return target === null ? [] : [`<${address(target)}>; rel="${relation}"`]
  })
  return links.length > 0 ? links.join(', ') : null
}
