import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { type PersonsBrowser, startBrowser } from './demo/browser'
import { createSteps } from './demo/steps'
import { launchElectron, profileIn, root } from './fixtures/electron'
import { startForge } from './forge/forge'

/** `npm run demo`: what a person does, in the real app, against a forge on this computer. */

const folder = join(root, 'out', 'demo')
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'
const callback = 'cloudaipilot://oauth/callback'

const demo = async (): Promise<boolean> => {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const forge = await startForge({ dialect: 'github', repositories: 1000 })
  const oauthApp = forge.oauthApp({
    kind: 'oauth-app',
    redirectUris: [callback, 'http://127.0.0.1/oauth/callback/github'],
    deviceFlow: true,
  })
  const env = {
    ...process.env,
    CLOUDAIPILOT_GITHUB_CLIENT_ID: oauthApp.clientId,
    CLOUDAIPILOT_GITHUB_CLIENT_SECRET: oauthApp.clientSecret,
  }
  const app = await launchElectron({ profile: profileIn(process.env.HOME ?? folder), env })
  const window = await app.firstWindow()
  window.setDefaultTimeout(10_000)
  let browser: PersonsBrowser | null = null
  let authorizePage: Page | null = null

  let pictures = 0
  const picture = async (page: Page, name: string) => {
    pictures += 1
    await page.screenshot({ path: join(folder, `${String(pictures).padStart(2, '0')}-${name}.png`) })
  }

  const steps = await createSteps(folder, 10, () => picture(window, 'failure'))
  await steps.run('the app opens', async () => {
    await window.locator('body[data-ready]').waitFor()
    await picture(window, 'empty')
  })
  await steps.run('the app takes over cloudaipilot:// links', async () => {
    await window
      .getByRole('button', { name: 'General' })
      .or(window.getByRole('link', { name: 'General' }))
      .first()
      .click()
    await window.getByText('Open sign-in links here').click()
    await expect(window.getByText('Open in this app')).toBeVisible()
  })
  await steps.run('"Connect Git Account" offers the providers', async () => {
    await window
      .getByRole('button', { name: 'Git Accounts' })
      .or(window.getByRole('link', { name: 'Git Accounts' }))
      .first()
      .click()
    await window.getByRole('button', { name: 'Connect Git Account' }).click()
    await window.getByRole('button', { name: 'GitHub' }).waitFor()
    await picture(window, 'providers')
  })
  await steps.run('the app opens the browser on the authorize page', async () => {
    browser = await startBrowser(process.env, chromium)
    await window.getByRole('button', { name: 'GitHub' }).click()
    await window.getByLabel('Host').fill(forge.address)
    await window.getByRole('button', { name: 'Continue in your browser' }).click()
    authorizePage = await browser.opened()
    await picture(window, 'waiting')
    await picture(authorizePage, 'sign-in')
  })
  await steps.run('a person signs in and allows access; xdg-open brings the link back', async () => {
    if (authorizePage === null || browser === null) throw new Error('There is no page')
    const page: Page = authorizePage
    await page.getByLabel('Username or email address').fill('ada')
    await page.getByLabel('Password').fill('password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    // An address of another scheme always meets the account picker first.
    await page.getByRole('button', { name: 'Continue as ada' }).click()
    const authorize = page.getByRole('button', { name: 'Authorize' })
    await authorize.waitFor()
    await picture(page, 'authorize')
    const link = await browser.leaving(page, () => authorize.click())
    await browser.xdgOpen(link)
  })
  await steps.run('the account is "Connected"', async () => {
    await window.getByRole('heading', { name: /^Connected as ada/ }).waitFor()
    await picture(window, 'connected')
  })
  await steps.run('1,000 repositories are listed', async () => {
    await window.getByRole('button', { name: 'Browse repositories' }).click()
    await expect(window.getByText('1,000 repositories', { exact: false }).first()).toBeVisible({ timeout: 20_000 })
    await picture(window, 'repositories')
  })
  const wanted = [...forge.world.repositories()].find(
    (repository) => repository.private && !repository.archived && !repository.empty,
  )
  await steps.run('the search finds a private one', async () => {
    if (wanted === undefined) throw new Error('The forge has no private repository')
    await window.getByLabel('Search repositories').fill(wanted.name)
    await window
      .getByRole('button', { name: new RegExp(`^${wanted.owner.login}/${wanted.name}`) })
      .first()
      .click()
    await window.getByRole('heading', { name: 'Branches' }).or(window.getByLabel('Search branches')).first().waitFor()
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
    await window
      .getByRole('button', { name: 'Git Accounts' })
      .or(window.getByRole('link', { name: 'Git Accounts' }))
      .first()
      .click()
    await expect(window.getByRole('listitem', { name: 'ada' })).toContainText('Connected')
    await picture(window, 'accounts')
  })
  const ok = await steps.finish()

  if (process.argv.includes('--keep')) {
    console.log(`The window stays open. The forge is at ${forge.address}; sign in as "ada". Close the window to end.`)
    await app.waitForEvent('close', { timeout: 0 })
  } else {
    await app.close()
  }
  await (browser as PersonsBrowser | null)?.close()
  await forge.close()
  return ok
}

demo().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
