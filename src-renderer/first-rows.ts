import { safeParse } from 'valibot'
import { FirstRows } from '../src-preload/contract/first-rows'

/** What main has put into the page, or null. It comes from a file and counts as foreign. */
export const readFirstRows = (page: Pick<Document, 'getElementById'>): FirstRows | null => {
  try {
    const rows = safeParse(FirstRows, JSON.parse(page.getElementById('first-rows')?.textContent ?? 'null'))
    return rows.success ? rows.output : null
  } catch {
    return null
  }
}

/** What main has put into this page. */
export const firstRows: FirstRows | null = globalThis.document === undefined ? null : readFirstRows(document)
