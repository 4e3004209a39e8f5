import { execFile } from 'node:child_process'
import { watch } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'

const run = promisify(execFile)

/** The person's browser: a real Chromium that the system opens pages in. */
export interface PersonsBrowser {
  /** The next page that the system asked the browser to open. */
  opened(): Promise<Page>
  /** Does something on a page that leads out of the browser, and returns the address it leads to (`cloudaipilot://…`). */
  leaving(page: Page, act: () => Promise<void>): Promise<string>
  /** Opens an address as the desktop does: with the program that owns its scheme. */
  xdgOpen(address: string): Promise<void>
  close(): Promise<void>
}

/**
 * Makes Chromium the session's browser: a desktop entry for http and https whose program notes the address, and a real
 * Chromium that goes there. (Its own window could not be driven once the desktop had started it.)
 */
export const startBrowser = async (env: NodeJS.ProcessEnv, program: string): Promise<PersonsBrowser> => {
  const home = env.HOME ?? ''
  const inbox = join(home, 'opened-pages')
  const applications = join(env.XDG_DATA_HOME ?? join(home, '.local/share'), 'applications')
  const script = join(home, 'open-page.sh')
  await mkdir(applications, { recursive: true })
  await writeFile(inbox, '')
  await writeFile(script, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${inbox}'\n`)
  await chmod(script, 0o755)
  await writeFile(
    join(applications, 'persons-browser.desktop'),
    `[Desktop Entry]\nType=Application\nName=Browser\nExec=${script} %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;\n`,
  )
  for (const scheme of ['http', 'https']) {
    await run('xdg-mime', ['default', 'persons-browser.desktop', `x-scheme-handler/${scheme}`], { env })
  }
  const browser: Browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
  const context = await browser.newContext()
  let taken = 0

  const nextAddress = async (): Promise<string> => {
    const events = watch(inbox)
    try {
      for (;;) {
        const lines = (await readFile(inbox, 'utf8')).split('\n').filter((line) => line !== '')
        const address = lines[taken]
        if (address !== undefined) {
          taken += 1
          return address
        }
        await new Promise((resolve) => events.once('change', resolve))
      }
    } finally {
      events.close()
    }
  }

  return {
    opened: async () => {
      const page = await context.newPage()
      await page.goto(await nextAddress())
      return page
    },
    leaving: async (page, act) => {
      const left = page.waitForEvent('response', {
        predicate: (response) => !/^https?:/.test(response.headers().location ?? 'http:'),
      })
      await act()
      return (await left).headers().location ?? ''
    },
    xdgOpen: async (address) => {
      await run('xdg-open', [address], { env, timeout: 30_000 })
    },
    close: () => browser.close(),
  }
}
