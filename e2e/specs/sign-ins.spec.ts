import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startBrowser } from '../demo/browser'
import { expect, readyWindow, test } from '../fixtures/app'
import { stealScheme, xdgOpen, xdgStart } from '../fixtures/opened-pages'
import { endApp } from '../fixtures/other-starts'
import { quit } from '../fixtures/quit'
import { claimLinks, deepLink, loopback, registered } from '../fixtures/sign-in-parts'
import type { Forge } from '../forge/forge'
import { localRequest } from '../forge/local-request'
import { newVisitor } from '../forge/visitor'
import { account } from '../pages/accounts'
import { consentDialog } from '../pages/consent'
import { goTo } from '../pages/sidebar'
import { wizard } from '../pages/wizard'

const tokenRequest = 'POST /login/oauth/access_token'
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** What the page of the window can call. */
interface Bridge {
  readonly accounts: { list(): Promise<{ readonly value: readonly { readonly id: string }[] }> }
  readonly signIns: { start(request: object): Promise<unknown> }
}

/** Starts a sign-in through the browser and returns the page it opened. */
const continueInBrowser = async (window: Page, forge: Forge, pages: { next(): Promise<string> }): Promise<string> => {
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).way('Continue in your browser').click()
  await expect(wizard(window).waiting).toBeVisible()
  return pages.next()
}

/** The link with one parameter changed. */
const changed = (link: string, name: string, value: string): string => {
  const url = new URL(link)
  url.searchParams.set(name, value)
  return url.href
}

test('GitHub in a real browser, back by a real xdg-open', async ({ startForge, launch, desktop }) => {
  const forge = await startForge({ dialect: 'github', repositories: 30 })
  const window = await readyWindow(await launch({ env: registered(forge) }))
  await goTo(window, 'General')
  await window.getByRole('button', { name: 'Open sign-in links here' }).click()
  await expect(window.getByText('Open in this app')).toBeVisible()

  const browser = await startBrowser(desktop.env, chromium)
  try {
    await wizard(window).open('GitHub', forge.address)
    await wizard(window).way('Continue in your browser').click()
    const page = await browser.opened()
    await page.getByLabel('Username or email address').fill('ada')
    await page.getByLabel('Password').fill('password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Continue as ada' }).click()
    const link = await browser.leaving(page, () => page.getByRole('button', { name: 'Authorize' }).click())
    expect(link).toContain(`${deepLink(forge)}?code=`)
    await browser.xdgOpen(link)
    await expect(wizard(window).connected('ada')).toHaveText('Connected as ada, 30 repositories')
  } finally {
    await browser.close()
  }
  const asked = new URLSearchParams(forge.requests.matching('GET /login/oauth/authorize')[0]?.query)
  expect(asked.get('redirect_uri')).toBe(deepLink(forge))
  expect(asked.get('code_challenge_method')).toBe('S256')
  expect(asked.get('state')?.length).toBeGreaterThanOrEqual(43)
  expect(forge.requests.matching(tokenRequest)[0]?.fields).toHaveProperty('code_verifier')
  await window.getByRole('button', { name: 'Done' }).click()
  await expect(account(window, 'ada').row).toContainText('Connected')
})

test('a link goes on where the closed app left off', async ({ startForge, launch, pages, desktop, profile }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const env = registered(forge)
  const first = await launch({ env })
  const window = await readyWindow(first)
  await claimLinks(window)
  const link = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'ada' })
  await quit(first)

  // The desktop starts the app for the link: this copy belongs to the desktop and not to the test.
  xdgStart(link, { ...desktop.env, ...env })
  await expect
    .poll(() => readFile(join(profile, 'accounts.json'), 'utf8').catch(() => ''), { timeout: 20_000 })
    .toContain('"ada"')
  await endApp(profile)
  expect(forge.requests.count(tokenRequest)).toBe(1)

  const again = await readyWindow(await launch({ env }))
  await expect(account(again, 'ada').row).toContainText('Connected')
})

test('a link in the first start’s arguments shows how it goes on', async ({ startForge, launch, pages }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const env = registered(forge)
  const first = await launch({ env })
  const window = await readyWindow(first)
  await claimLinks(window)
  const link = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'ada' })
  await quit(first)
  const second = await readyWindow(await launch({ env, args: [link] }))
  await expect(wizard(second).connected('ada')).toBeVisible()
})

test('a link brings back a window that was closed to the tray', async ({
  startForge,
  shell: _,
  launch,
  pages,
  desktop,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const app = await launch({ env: registered(forge) })
  const window = await readyWindow(app)
  await claimLinks(window)
  const link = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'ada' })
  const closed = window.waitForEvent('close')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await closed
  const opened = app.waitForEvent('window')
  await xdgOpen(link, desktop.env)
  await expect(wizard(await opened).connected('ada')).toBeVisible()
})

test('GitHub by loopback where no link reaches the app', async ({ startForge, launch, pages }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const window = await readyWindow(await launch({ env: registered(forge) }))
  const landing = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'ada' })
  expect(landing.replace(/:\d+\//, '/')).toContain(`${loopback(forge)}?code=`)
  const page = await localRequest(landing)
  expect(page.status).toBe(200)
  expect(page.text).toContain('Back to CloudAIPilot')
  await expect(wizard(window).connected('ada')).toBeVisible()
  await expect(localRequest(landing)).rejects.toThrow('ECONNREFUSED')
})

test('a program that stole the scheme is noticed, and the loopback is used instead', async ({
  startForge,
  launch,
  pages,
  desktop,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const window = await readyWindow(await launch({ env: registered(forge) }))
  await claimLinks(window)
  const stolen = join(desktop.home, 'stolen')
  await stealScheme(desktop.env, 'cloudaipilot', stolen)
  await goTo(window, 'General')
  await expect(window.getByText(/Belong to another program/)).toBeVisible()

  const landing = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'ada' })
  expect(landing).toMatch(/^http:\/\/127\.0\.0\.1:/)
  await localRequest(landing)
  await expect(wizard(window).connected('ada')).toBeVisible()
})

test('a scheme stolen while the browser is open leaves the other ways', async ({
  startForge,
  launch,
  pages,
  desktop,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const window = await readyWindow(await launch({ env: registered(forge) }))
  await claimLinks(window)
  const first = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'ada' })
  const stolen = join(desktop.home, 'stolen')
  await stealScheme(desktop.env, 'cloudaipilot', stolen)
  await xdgOpen(first, desktop.env)
  await expect.poll(() => readFile(stolen, 'utf8').catch(() => '')).toContain(deepLink(forge))

  await wizard(window).otherWays()
  await window.getByRole('button', { name: 'Come back over this computer’s network' }).click()
  const landing = await forge.approve(await pages.next(), { as: 'ada' })
  await localRequest(landing)
  await expect(wizard(window).connected('ada')).toBeVisible()
  expect(forge.requests.count(tokenRequest)).toBe(1)
})

test('GitHub by a code, without a client secret', async ({ startForge, launch, pages }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3, settings: { deviceInterval: 1 } })
  const { CLOUDAIPILOT_GITHUB_CLIENT_SECRET: _, ...env } = registered(forge)
  const window = await readyWindow(await launch({ env }))
  await wizard(window).open('GitHub', forge.address)
  await expect(wizard(window).way('Continue in your browser')).toHaveCount(0)
  await wizard(window).way('Sign in with a code').click()
  const code = window.getByRole('status', { name: 'Code' })
  await expect(code).toHaveText(/^[A-Z]{4}-[A-Z]{4}$/)
  expect(await pages.next()).toBe(`${forge.address}/login/device`)

  const browser = newVisitor()
  await browser.open(`${forge.address}/login/device`)
  await browser.press('Sign in', { login: 'ada', password: 'password' })
  await browser.press('Continue', { user_code: (await code.textContent()) ?? '' })
  await browser.press('Authorize')
  await expect(wizard(window).connected('ada')).toBeVisible()
})

test('GitHub by pasting the address one landed on', async ({ startForge, launch, pages }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const window = await readyWindow(await launch({ env: registered(forge) }))
  const landing = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'ada' })
  await wizard(window).otherWays()
  const field = window.getByLabel('Address you landed on')
  const use = window.getByRole('button', { name: 'Use this address' })

  await field.fill(changed(landing, 'state', 'c29tZWJvZHktZWxzZXMtc3RhdGUtb2YtMzItYnl0ZXM'))
  await use.click()
  await expect(wizard(window).failure).toContainText('That answer belongs to another sign-in.')
  expect(forge.requests.count(tokenRequest)).toBe(0)

  await field.fill(`  ${landing}\n`)
  await use.click()
  await expect(wizard(window).connected('ada')).toBeVisible()
})

test('GitHub by a personal access token, whose scopes are read back', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).connectWithToken('ghp_0123456789012345678901234567890123Ab')
  await expect(wizard(window).failure).toContainText('GitHub does not accept this token.')
  await expect(window.getByLabel('Personal access token')).not.toHaveValue('')

  await window.getByLabel('Personal access token').fill(forge.personalAccessToken({ user: 'ada', scopes: ['repo'] }))
  await window.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(wizard(window).connected('ada')).toHaveText('Connected as ada, 3 repositories')
  await window.getByRole('button', { name: 'Done' }).click()
  await expect(account(window, 'ada').row).toContainText('token')
  await expect(account(window, 'ada').row).toContainText('repo scope')
})

test('a person who says no can start again', async ({ startForge, launch, pages }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const window = await readyWindow(await launch({ env: registered(forge) }))
  const landing = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'ada', deny: true })
  expect(landing).toContain('error=access_denied')
  expect((await localRequest(landing)).text).toContain('Access was not given')
  await expect(wizard(window).failure).toContainText('Access was not given.')
  expect(forge.requests.count(tokenRequest)).toBe(0)

  await window.getByRole('button', { name: 'Start again' }).click()
  await expect(wizard(window).waiting).toBeVisible()
  await localRequest(await forge.approve(await pages.next(), { as: 'ada' }))
  await expect(wizard(window).connected('ada')).toBeVisible()
})

test('links that answer nothing of ours send nothing and end nothing', async ({
  startForge,
  launch,
  pages,
  runAgain,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const window = await readyWindow(await launch({ env: registered(forge) }))
  await claimLinks(window)
  const stranger = `${deepLink(forge)}?code=abc&state=c29tZWJvZHktZWxzZXMtc3RhdGUtb2YtMzItYnl0ZXM`
  expect(await runAgain(stranger)).toBe(0)
  const notice = window.getByText('A link from outside was ignored')
  await expect(notice).toBeVisible()
  await window.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toHaveCount(0)

  const link = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'ada' })
  // What the app reads about the host while it waits is no answer to a link.
  const sent = () => forge.requests.all.filter(({ path }) => !path.includes('/.well-known/')).length
  const before = sent()
  await runAgain(changed(link, 'state', 'c29tZWJvZHktZWxzZXMtc3RhdGUtb2YtMzItYnl0ZXM'))
  await expect(wizard(window).failure).toContainText('That answer belongs to another sign-in.')
  await runAgain(`${link}&code=another`)
  await runAgain(link, link)
  await expect(wizard(window).waiting).toBeVisible()
  expect(sent()).toBe(before)

  await runAgain(link)
  await expect(wizard(window).connected('ada')).toBeVisible()
  await runAgain(link)
  await runAgain(changed(link, 'code', 'a-second-code'))
  await expect(wizard(window).connected('ada')).toBeVisible()
  expect(forge.requests.count(tokenRequest)).toBe(1)
})

test('an answer to an earlier try is old', async ({ startForge, launch, pages, runAgain }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const window = await readyWindow(await launch({ env: registered(forge) }))
  await claimLinks(window)
  const old = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'grace' })
  await window.getByRole('button', { name: 'Cancel' }).click()
  await expect(window.getByRole('heading', { name: 'Git Accounts', level: 1 })).toBeVisible()
  const link = await forge.approve(await continueInBrowser(window, forge, pages), { as: 'ada' })
  await runAgain(old)
  await expect(wizard(window).failure).toContainText('That answer belongs to another sign-in.')
  await runAgain(link)
  await expect(wizard(window).connected('ada')).toBeVisible()
  expect(forge.requests.count(tokenRequest)).toBe(1)
})

test('a sign-in that was left is there to go on with, also after a reload', async ({ startForge, launch, pages }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const window = await readyWindow(await launch({ env: registered(forge) }))
  const page = await continueInBrowser(window, forge, pages)
  await goTo(window, 'Repositories')
  await expect(window.getByText(/^Signing in at 127\.0\.0\.1/)).toBeVisible()
  await window.reload()
  await window.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(wizard(window).waiting).toBeVisible()
  await goTo(window, 'OAuth apps')
  await localRequest(await forge.approve(page, { as: 'ada' }))
  await goTo(window, 'Git Accounts')
  await expect(account(window, 'ada').row).toContainText('Connected')
})

test('a missing client ID leads to the OAuth apps and back', async ({ startForge, window, pages }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const app = forge.oauthApp({ redirectUris: [deepLink(forge), loopback(forge)], deviceFlow: true })
  await wizard(window).open('GitHub', forge.address)
  await expect(window.getByText(`No OAuth app is set up for 127.0.0.1`)).toBeVisible()
  await window.getByRole('button', { name: 'Set up OAuth app' }).click()
  await expect(window.getByText(loopback(forge))).toBeVisible()
  await window.getByLabel('Client ID').fill(app.clientId)
  await window.getByLabel('Client secret').fill(app.clientSecret)
  await window.getByRole('button', { name: 'Save' }).click()
  await consentDialog(window).agree('Use this OAuth app')
  await wizard(window).way('Continue in your browser').click()
  await localRequest(await forge.approve(await pages.next(), { as: 'ada' }))
  await expect(wizard(window).connected('ada')).toBeVisible()
})

test('an OAuth app of an earlier version leads to its new callback address and back', async ({
  startForge,
  launch,
  pages,
  profile,
}) => {
  const forge = await startForge({ dialect: 'gitlab', repositories: 3 })
  const earlier = 'http://127.0.0.1/oauth/callback/gitlab'
  const { clientId } = forge.oauthApp({ redirectUris: [earlier, loopback(forge)], confidential: false })
  const stored = { version: 1, value: [{ provider: 'gitlab', host: forge.address, clientId, hasSecret: false }] }
  await mkdir(profile, { recursive: true })
  await writeFile(join(profile, 'oauth-apps.json'), JSON.stringify(stored))

  const window = await readyWindow(await launch())
  await wizard(window).openAddress(forge.address, 'GitLab')
  await window.getByRole('button', { name: 'Register the new callback address' }).click()
  await expect(window.getByText('Each host now has a callback address of its own.')).toBeVisible()
  await expect(window.getByText(loopback(forge))).toBeVisible()
  await window.getByRole('button', { name: 'Save' }).click()
  await wizard(window).way('Continue in your browser').click()
  const landing = await forge.approve(await pages.next(), { as: 'ada' })
  expect(landing.replace(/:\d+\//, '/')).toContain(`${loopback(forge)}?code=`)
  await localRequest(landing)
  await expect(wizard(window).connected('ada')).toBeVisible()
})

test('a Forgejo that keeps a grant to its first scopes: the sign-in goes on once the person has removed it', async ({
  startForge,
  launch,
  pages,
}) => {
  const forge = await startForge({ dialect: 'forgejo', repositories: 3 })
  const window = await readyWindow(await launch({ env: registered(forge, { confidential: false }) }))
  const agree = async () => localRequest(await forge.approve(await pages.next(), { as: 'ada' }))
  await wizard(window).open('Gitea / Forgejo', forge.address)
  await wizard(window).way('Continue in your browser').click()
  await agree()
  await expect(wizard(window).connected('ada')).toBeVisible()
  await window.getByRole('button', { name: 'Done' }).click()
  await expect(account(window, 'ada').row).not.toContainText('full access')

  // As the app's page asks for it when its scopes do not suffice.
  await account(window, 'ada').choose('Reconnect')
  await window.evaluate(async (host) => {
    const { accounts, signIns } = (globalThis as unknown as { bridge: Bridge }).bridge
    const { value } = await accounts.list()
    const reconnects = value[0]?.id
    await signIns.start({ provider: 'gitea', host, way: 'redirect', reconnects, deploys: true })
  }, forge.address)
  await agree()
  await expect(window.getByRole('heading', { name: 'Remove the earlier permission' })).toBeVisible()
  const applications = await pages.next()
  expect(applications).toBe(`${forge.address}/user/settings/applications`)

  const browser = newVisitor()
  await browser.open(applications)
  await browser.press('Sign in', { login: 'ada', password: 'password' })
  await browser.press('Revoke')
  await agree()
  await expect(wizard(window).connected('ada')).toBeVisible()
  expect(forge.grants('ada')).toMatchObject([{ scopes: ['read:user write:repository'] }])
})
