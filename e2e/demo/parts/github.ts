import { expect, type Page } from '@playwright/test'
import { deepLink, loopback } from '../../fixtures/sign-in-parts'
import { startForge } from '../../forge/forge'
import { account } from '../../pages/accounts'
import { goTo } from '../../pages/sidebar'
import { wizard } from '../../pages/wizard'
import type { Part } from '../stage'

/** The main job: a private account through the browser and a link, its repositories, a test clone. */
export const github: Part = {
  steps: 10,
  prepare: async (onEnd) => {
    const forge = await startForge({ dialect: 'github', repositories: 1000 })
    onEnd(forge.close)
    const app = forge.oauthApp({
      kind: 'oauth-app',
      redirectUris: [deepLink(forge), loopback(forge)],
      deviceFlow: true,
    })
    const env = {
      CLOUDAIPILOT_GITHUB_CLIENT_ID: app.clientId,
      CLOUDAIPILOT_GITHUB_CLIENT_SECRET: app.clientSecret,
      CLOUDAIPILOT_GITHUB_HOST: forge.address,
    }
    const wanted = [...forge.world.repositories()].find((one) => one.private && !one.archived && !one.empty)
    if (wanted === undefined) throw new Error('The forge has no private repository')
    return {
      env,
      play: async ({ window, browser, steps, picture }) => {
        let page: Page
        await steps.run('the app opens', async () => {
          await window.locator('body[data-ready]').waitFor()
          await picture(window, 'empty')
        })
        await steps.run('the app takes over cloudaipilot:// links', async () => {
          await goTo(window, 'General')
          // An installed app has them from the start.
          const claim = window.getByText('Open sign-in links here')
          await claim.or(window.getByText('Open in this app')).first().waitFor()
          if (await claim.isVisible()) await claim.click()
          await expect(window.getByText('Open in this app')).toBeVisible()
        })
        await steps.run('"Connect Git Account" offers the providers', async () => {
          await goTo(window, 'Git Accounts')
          await window.getByRole('button', { name: 'Connect Git Account' }).click()
          await window.getByRole('button', { name: 'GitHub' }).waitFor()
          await picture(window, 'providers')
        })
        await steps.run('the app opens the browser on the authorize page', async () => {
          await window.getByRole('button', { name: 'GitHub' }).click()
          await window.getByLabel('Host').fill(forge.address)
          await window.getByRole('button', { name: 'Continue in your browser' }).click()
          page = await browser.opened()
          await picture(window, 'waiting')
          await picture(page, 'sign-in')
        })
        await steps.run('a person signs in and allows access; xdg-open brings the link back', async () => {
          await page.getByLabel('Username or email address').fill('ada')
          await page.getByLabel('Password').fill('password')
          await page.getByRole('button', { name: 'Sign in' }).click()
          // An address of another scheme always meets the account picker first.
          await page.getByRole('button', { name: 'Continue as ada' }).click()
          const authorize = page.getByRole('button', { name: 'Authorize' })
          await authorize.waitFor()
          await picture(page, 'authorize')
          await browser.returning(page, () => authorize.click())
        })
        await steps.run('the account is "Connected"', async () => {
          await wizard(window).connected('ada').waitFor()
          await picture(window, 'connected')
        })
        await steps.run('1,000 repositories are listed', async () => {
          await window.getByRole('button', { name: 'Browse repositories' }).click()
          await expect(window.getByText('1,000 repositories', { exact: false }).first()).toBeVisible({
            timeout: 20_000,
          })
          await picture(window, 'repositories')
        })
        await steps.run('the search finds a private one', async () => {
          await window.getByLabel('Search repositories').fill(wanted.name)
          const name = new RegExp(`^${wanted.owner.login}/${wanted.name}`)
          await window.getByRole('button', { name }).first().click()
          await window
            .getByRole('heading', { name: 'Branches' })
            .or(window.getByLabel('Search branches'))
            .first()
            .waitFor()
          await picture(window, 'details')
        })
        await steps.run('it is test-cloned', async () => {
          await window.getByRole('region', { name: 'Details' }).getByRole('button', { name: 'Test clone' }).click()
          const sheet = window.getByRole('dialog')
          await sheet.getByRole('button', { name: 'Test clone' }).click()
          await sheet.getByText('It can be cloned').waitFor({ timeout: 30_000 })
          await picture(window, 'test-clone')
          await sheet.getByRole('button', { name: 'Close' }).last().click()
        })
        await steps.run('the account list says so', async () => {
          await goTo(window, 'Git Accounts')
          await expect(account(window, 'ada').row).toContainText('Connected')
          await picture(window, 'accounts')
        })
      },
    }
  },
}
