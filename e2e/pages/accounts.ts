import type { Locator, Page } from '@playwright/test'

/** One row of "Git Accounts". */
export interface AccountRow {
  readonly row: Locator
  /** A button of the row. */
  button(name: string): Locator
  /** Chooses something behind ⋯. */
  choose(action: string): Promise<void>
}

/** The account that is called so. */
export const account = (window: Page, name: string): AccountRow => {
  const row = window.getByRole('list', { name: 'Git Accounts' }).getByRole('listitem', { name, exact: true })
  return {
    row,
    button: (label) => row.getByRole('button', { name: label, exact: true }),
    choose: async (action) => {
      await row.getByRole('button', { name: `More for ${name}` }).click()
      await window.getByRole('menuitem', { name: action, exact: true }).click()
    },
  }
}
