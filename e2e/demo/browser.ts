import { type Browser, chromium, type Page } from '@playwright/test'
import { catchPages, type OpenedPages, xdgOpen } from '../fixtures/opened-pages'

/** The person's browser: a real Chromium that the system opens pages in. */
export interface PersonsBrowser {
  /** The next page that the system asked the browser to open. */
  opened(): Promise<Page>
  /** Does something on a page that leads out of the browser, and returns the address it leads to (`cloudaipilot://…`). */
  leaving(page: Page, act: () => Promise<void>): Promise<string>
  /** Does something on a page that sends the answer back to the app: by a link, or to the address the app listens on. */
  returning(page: Page, act: () => Promise<void>): Promise<void>
  /** Opens an address as the desktop does: with the program that owns its scheme. */
  xdgOpen(address: string): Promise<void>
  close(): Promise<void>
}

/** The person's desktop: what it was asked to open in the browser, and how it opens a link. */
export interface Desktop {
  readonly pages: OpenedPages | Promise<OpenedPages>
  xdgOpen(address: string): Promise<void>
}

/**
 * A real Chromium that goes where the desktop was asked to go. (Its own window could not be driven once the desktop had
 * started it.)
 */
export const startBrowser = async (
  env: NodeJS.ProcessEnv,
  program: string,
  desktop: Desktop = { pages: catchPages(env), xdgOpen: (address) => xdgOpen(address, env) },
): Promise<PersonsBrowser> => {
  const pages = await desktop.pages
  const browser: Browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
  const context = await browser.newContext()
  return {
    opened: async () => {
      const page = await context.newPage()
      await page.goto(await pages.next())
      return page
    },
    leaving: async (page, act) => {
      const left = page.waitForEvent('response', {
        predicate: (response) => !/^https?:/.test(response.headers().location ?? 'http:'),
      })
      await act()
      return (await left).headers().location ?? ''
    },
    returning: async (page, act) => {
      const sent = page.waitForEvent('response', {
        predicate: (response) => (response.headers().location ?? '').match(/\/oauth-\w+\/callback\?/) !== null,
      })
      await act()
      const link = (await sent).headers().location ?? ''
      if (!/^https?:/.test(link)) await desktop.xdgOpen(link)
    },
    xdgOpen: desktop.xdgOpen,
    close: () => browser.close(),
  }
}
