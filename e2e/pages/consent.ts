import { expect, type Locator, type Page } from '@playwright/test'

/** Where the dialog's page is. */
const address = 'app://consent/'

/** Scrolls to the end of all that is longer than its place, as the verb can't be chosen before. */
const readAll = (page: Page): Promise<void> =>
  page.locator('.body, .lines').evaluateAll((parts) => {
    for (const part of parts) part.scrollTop = part.scrollHeight
  })

/** The dialog in which main asks for consent, as a person meets it. */
export interface ConsentDialog {
  /** Waits until it is there. */
  open(): Promise<Locator>
  /** Waits for its fields, and types into the first and, where there is one, the second. */
  type(secret: string, again?: string): Promise<Locator>
  /** Waits for it, chooses its verb, and waits until it is gone. */
  agree(verb: string): Promise<void>
  /** Agrees to what a call has to ask for, and resolves with what came of it. */
  agreeing<T>(verb: string, call: Promise<T>): Promise<T>
  /** The same as `agree`, with the other button. */
  refuse(): Promise<void>
  /** How many there are now. */
  count(): number
}

/** @param window any window of the app */
export const consentDialog = (window: Page): ConsentDialog => {
  const pages = () =>
    window
      .context()
      .pages()
      .filter((page) => !page.isClosed() && page.url() === address)
  const opened = async (): Promise<Page> => {
    await expect.poll(() => pages().length, { timeout: 20_000, intervals: [20, 50, 100] }).toBe(1)
    const [page] = pages()
    if (page === undefined) throw new Error('The dialog went away by itself.')
    return page
  }
  const choose = async (page: Page, button: Locator) => {
    const closed = page.waitForEvent('close')
    await readAll(page)
    // The window is gone before the click has been told to have happened.
    await button.click({ noWaitAfter: true }).catch((error: unknown) => {
      if (!page.isClosed()) throw error
    })
    await closed
  }
  const agree = async (verb: string) => {
    const page = await opened()
    await choose(page, page.getByRole('button', { name: verb, exact: true }))
  }
  const open = async () => {
    const dialog = (await opened()).getByRole('alertdialog')
    await expect
      .poll(() => dialog.locator('footer button').count(), { timeout: 20_000, intervals: [20, 50, 100] })
      .toBe(2)
    return dialog
  }
  return {
    open,
    type: async (secret, again = secret) => {
      const dialog = await open()
      const fields = dialog.locator('input')
      await fields.first().fill(secret)
      if ((await fields.count()) > 1) await fields.nth(1).fill(again)
      return dialog
    },
    agree,
    agreeing: async (verb, call) => {
      const [outcome] = await Promise.all([call, agree(verb)])
      return outcome
    },
    refuse: async () => {
      const page = await opened()
      await choose(page, page.locator('footer button').first())
    },
    count: () => pages().length,
  }
}
