import { expect, type Page } from '@playwright/test'
import { consumer, registered } from '../../fixtures/sign-in-parts'
import { type Forge, startForge } from '../../forge/forge'
import type { AppSpec, DialectId } from '../../forge/forge-state'
import { account } from '../../pages/accounts'
import { wizard } from '../../pages/wizard'
import type { PersonsBrowser } from '../browser'
import type { Part } from '../stage'

/** How an app is registered at each. */
const kinds: readonly {
  readonly dialect: DialectId
  readonly title: string
  readonly app: (forge: Forge) => Partial<AppSpec>
}[] = [
  { dialect: 'gitlab', title: 'GitLab', app: () => ({ confidential: false }) },
  { dialect: 'bitbucket', title: 'Bitbucket', app: consumer },
  { dialect: 'gitea', title: 'Gitea / Forgejo', app: () => ({ confidential: false }) },
]

/** Goes through the browser as grace, who signs in when she is asked to. */
const throughBrowser = async (window: Page, browser: PersonsBrowser, shown: (page: Page) => Promise<void>) => {
  await wizard(window).way('Continue in your browser').click()
  const page = await browser.opened()
  const authorize = page.getByRole('button', { name: 'Authorize' })
  const password = page.getByLabel('Password')
  await password.or(authorize).first().waitFor()
  if (await password.isVisible()) {
    await page.getByLabel('Username or email address').fill('grace')
    await password.fill('password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await authorize.waitFor()
  }
  await shown(page)
  await browser.returning(page, () => authorize.click())
  await wizard(window).connected('grace').waitFor()
}

const rename = async (window: Page, name: string) => {
  await account(window, 'grace').choose('Rename')
  await window.getByLabel('Name', { exact: true }).fill(name)
  await window.getByRole('button', { name: 'Save' }).click()
  await account(window, name).row.waitFor()
}

/** GitLab, Bitbucket and Gitea by the browser, the way back being a link or the loopback; then an account's whole life. */
export const providers: Part = {
  steps: 2 * kinds.length + 3,
  prepare: async (onEnd) => {
    const all = await Promise.all(
      kinds.map(async (kind) => {
        const forge = await startForge({ dialect: kind.dialect, repositories: 30 })
        onEnd(forge.close)
        return { ...kind, forge, env: registered(forge, kind.app(forge)) }
      }),
    )
    const [first] = all
    if (first === undefined) throw new Error('There is no provider')
    return {
      env: Object.assign({}, ...all.map(({ env }) => env)) as Record<string, string>,
      play: async ({ window, browser, steps, picture }) => {
        const called = (title: string) => `grace at ${title}`
        for (const { title, forge } of all) {
          await steps.run(`${title} is connected through the browser`, async () => {
            await wizard(window).openAddress(forge.address, title)
            await throughBrowser(window, browser, (page) => picture(page, `${forge.dialect}-authorize`))
            await picture(window, `${forge.dialect}-connected`)
            await window.getByRole('button', { name: 'Done' }).click()
            await rename(window, called(title))
          })
        }
        for (const { title, forge } of all) {
          await steps.run(`${title}'s token runs out and is renewed`, () => renew(window, forge, called(title)))
        }
        const { row, button, choose } = account(window, called(first.title))
        await steps.run(`${first.title} takes the access away: the account asks to reconnect`, async () => {
          first.forge.revokeTokens('grace')
          await window.getByRole('button', { name: 'Check all' }).click()
          await expect(row).toContainText(/Expired|Revoked/)
          await picture(window, 'asks-to-reconnect')
        })
        await steps.run('it is reconnected, the same account', async () => {
          await button('Reconnect').click()
          await throughBrowser(window, browser, async () => undefined)
          await window.getByRole('button', { name: 'Done' }).click()
          await expect(row).toContainText('Connected')
        })
        await steps.run('its access is revoked there, with a receipt', async () => {
          await choose('Revoke access')
          const dialog = window.getByRole('dialog')
          await dialog.getByRole('button', { name: 'Revoke access' }).click()
          await expect(dialog.getByRole('listitem').filter({ hasText: 'Access token' })).toContainText('Removed')
          await picture(window, 'receipt')
          await dialog.getByRole('button', { name: 'Done' }).click()
          await expect(row).toHaveCount(0)
        })
      },
    }
  },
}

const renew = async (window: Page, forge: Forge, name: string) => {
  const before = forge.tokens('grace').length
  forge.expireTokens('grace')
  await account(window, name).button('Refresh').click()
  await expect.poll(() => forge.tokens('grace').length).toBeGreaterThan(before)
  await expect(account(window, name).row).toContainText('Connected')
}
