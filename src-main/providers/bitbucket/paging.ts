import type { Answer } from '../http'
import { pageOf } from '../links'
import type { PagedList } from '../pages'
import { readAs } from '../read-as'
import { Page } from './schema'

export const size = 100

const nextOf = (answer: Answer): string | null => {
  const { next } = readAs(Page, answer)
  if (!next) return null
  try {
    return new URL(next, answer.url).href
  } catch {
    // Left as it is for the pinned client, which refuses it by name.
    return next
  }
}

/**
 * Pages by `next` in the body; developer.atlassian.com, "Pagination". Where that leads to a numbered page and the list
 * is counted, the last page is known from the start.
 */
export const inBody = {
  size,
  next: nextOf,
  last: (answer: Answer): number | null => {
    const page = readAs(Page, answer)
    const next = nextOf(answer)
    const numbered = next !== null && pageOf(next) !== null
    return numbered && page.size != null && page.pagelen ? Math.ceil(page.size / page.pagelen) : null
  },
  total: (answer: Answer): number | null => readAs(Page, answer).size ?? null,
} satisfies Partial<PagedList<unknown>>
