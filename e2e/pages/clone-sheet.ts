import type { Locator, Page } from '@playwright/test'

/** The sheet that test-clones a repository. */
export interface CloneSheet {
  readonly sheet: Locator
  /** Chooses how much, and starts it. */
  start(mode: 'Quick check' | 'Shallow test' | 'Full clone'): Promise<void>
  /** The card that says it works. */
  readonly result: Locator
  /** What went wrong, in words. */
  readonly failure: Locator
  again(): Promise<void>
  close(): Promise<void>
}

/** @see CloneSheet */
export const cloneSheet = (window: Page): CloneSheet => {
  const sheet = window.getByRole('dialog', { name: /^Test clone / })
  return {
    sheet,
    start: async (mode) => {
      await sheet.getByRole('radio', { name: mode }).check()
      await sheet
        .getByRole('button', { name: mode === 'Full clone' ? 'Choose folder and clone' : 'Test clone' })
        .click()
    },
    result: sheet.getByRole('region', { name: 'It can be cloned' }),
    failure: sheet.getByRole('alert'),
    again: () => sheet.getByRole('button', { name: 'Test again' }).click(),
    close: async () => {
      await window.keyboard.press('Escape')
      await sheet.waitFor({ state: 'hidden' })
    },
  }
}
