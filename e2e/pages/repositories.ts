import type { Locator, Page } from '@playwright/test'

/** The repository browser. */
export interface RepositoryBrowser {
  readonly search: Locator
  /** The line that says how many match, how many there are and how old the list is. */
  readonly line: Locator
  /** Rows that are drawn. */
  readonly rows: Locator
  /** The row of a repository, to be pressed. */
  row(path: string): Locator
  /** What is known of the chosen one. */
  readonly details: Locator
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** @see RepositoryBrowser */
export const repositories = (window: Page): RepositoryBrowser => {
  const list = window.getByRole('list', { name: 'Repositories' })
  return {
    search: window.getByRole('searchbox', { name: 'Search repositories' }),
    line: window.getByRole('status').filter({ hasText: /repositor(y|ies)/ }),
    rows: list.getByRole('listitem'),
    row: (path) => list.getByRole('button', { name: new RegExp(`^${literally(path)}\\b`) }),
    details: window.getByRole('region', { name: 'Details' }),
  }
}
