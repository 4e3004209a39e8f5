import type { ElectronApplication, Page } from '@playwright/test'
import { expect, readyWindow, test } from '../fixtures/app'
import { overflowing, seriousProblems } from '../fixtures/axe'
import { registered } from '../fixtures/sign-in-parts'
import { localRequest } from '../forge/local-request'
import { account } from '../pages/accounts'
import { cloneSheet } from '../pages/clone-sheet'
import { keyStorage } from '../pages/key-storage'
import { repositories } from '../pages/repositories'
import { wizard } from '../pages/wizard'

// One walk through many screens, each looked at twice.
test.setTimeout(120_000)

/** Holds a screen, as it stands in a small window, to axe in both appearances. */
const judge = (app: ElectronApplication, window: Page) => async (screen: string) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    expect.soft(await seriousProblems(app, window), `${screen}, ${colorScheme}`).toEqual([])
  }
  expect.soft(await overflowing(window), `${screen}, 900 x 600`).toEqual([])
}

/** Makes the window as small as it has to be usable. */
const shrink = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600))

test('every screen of the sidebar is accessible and fits when it is empty', async ({ app, window }) => {
  await shrink(app)
  const holds = judge(app, window)
  const links = window.getByRole('navigation').getByRole('link')
  const screens = await links.allTextContents()
  expect(screens.length).toBeGreaterThan(5)
  for (const [index, screen] of screens.entries()) {
    await links.nth(index).click()
    await expect(window.getByRole('heading', { level: 1, name: screen })).toBeVisible()
    await holds(screen)
  }
  await keyStorage(window).open()
  await holds('Key storage')
  await keyStorage(window).close()

  // Twice as large, in a window of the usual size (WCAG 2.2, 1.4.4).
  await app.evaluate(({ BrowserWindow }) => {
    const [open] = BrowserWindow.getAllWindows()
    open?.setContentSize(1180, 760)
    open?.webContents.setZoomFactor(2)
  })
  await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThan(700)
  for (const [index, screen] of screens.entries()) {
    await links.nth(index).click()
    await expect(window.getByRole('heading', { level: 1, name: screen })).toBeVisible()
    expect.soft(await overflowing(window), `${screen}, at 200 %`).toEqual([])
  }
})

test.describe('without a keychain', () => {
  test.use({ keychain: 'no-bus' })

  test('the choice of a key storage is accessible and fits', async ({ app, window }) => {
    await shrink(app)
    await expect(window.getByText('Choose where secrets are kept')).toBeVisible()
    await judge(app, window)('Key storage asked for')
    await keyStorage(window).open()
    await judge(app, window)('Key storage to choose')
  })
})

test('every moment of a sign-in is accessible and fits', async ({ startForge, launch, pages }) => {
  const forge = await startForge({ dialect: 'github', repositories: 30 })
  const app = await launch({ env: registered(forge) })
  const window = await readyWindow(app)
  await shrink(app)
  const holds = judge(app, window)
  await window.getByRole('button', { name: 'Connect Git Account' }).click()
  await expect(window.getByRole('button', { name: 'GitHub', exact: true })).toBeVisible()
  await holds('Choosing a provider')
  await wizard(window).open('GitHub', forge.address)
  await holds('Choosing a way')
  await wizard(window).connectWithToken('ghp_not_a_token_at_all_000000000000000000')
  await expect(wizard(window).failure).toBeVisible()
  await holds('A refused token')

  await wizard(window).way('Sign in with a code').click()
  await expect(window.getByRole('status', { name: 'Code' })).toBeVisible()
  await pages.next()
  await holds('A code to type')
  await window.getByRole('button', { name: 'Cancel' }).click()

  await wizard(window).open('GitHub', forge.address)
  await wizard(window).way('Continue in your browser').click()
  await expect(wizard(window).waiting).toBeVisible()
  await wizard(window).otherWays()
  await holds('Waiting for the browser')
  await localRequest(await forge.approve(await pages.next(), { as: 'ada', deny: true }))
  await expect(wizard(window).failure).toBeVisible()
  await holds('Access was not given')
  await window.getByRole('button', { name: 'Start again' }).click()
  await localRequest(await forge.approve(await pages.next(), { as: 'ada' }))
  await expect(wizard(window).connected('ada')).toBeVisible()
  await holds('Connected')
})

test('accounts, repositories and clones are accessible and fit', async ({ startForge, app, window }) => {
  const forge = await startForge({ dialect: 'github', repositories: 200 })
  await forge.world.createRepository({ owner: 'ada', name: 'engine', branches: ['release'] })
  const hollow = await forge.world.createRepository({ owner: 'ada', name: 'hollow' })
  await shrink(app)
  const holds = judge(app, window)
  for (const spec of [{ user: 'ada' }, { user: 'grace', scopes: ['read:user'] }]) {
    await wizard(window).open('GitHub', forge.address)
    await wizard(window).connectWithToken(forge.personalAccessToken(spec))
    await window.getByRole('button', { name: 'Done' }).click()
  }
  await expect(account(window, 'grace').row).toContainText('Needs attention')
  await account(window, 'ada').button('Details of ada').click()
  await holds('Accounts')
  await account(window, 'ada').row.getByRole('button', { name: 'More for ada' }).click()
  await expect(window.getByRole('menuitem', { name: 'Revoke access' })).toBeVisible()
  await holds('The menu of an account')
  await window.getByRole('menuitem', { name: 'Rename' }).click()
  await expect(window.getByLabel('Name', { exact: true })).toBeVisible()
  await holds('Renaming an account')
  await window.keyboard.press('Escape')

  await window.getByRole('link', { name: 'Repositories' }).click()
  await expect(repositories(window).line).toContainText('Listed')
  await holds('Repositories')
  await repositories(window).search.fill('ada/engine')
  await repositories(window).row('ada/engine').click()
  await expect(repositories(window).details.getByRole('list', { name: 'Branches' })).toContainText('release')
  await holds('Details of a repository')
  await repositories(window).details.getByRole('button', { name: 'Test clone' }).click()
  await expect(cloneSheet(window).sheet).toBeVisible()
  await holds('Choosing a test clone')
  await cloneSheet(window).start('Quick check')
  await expect(cloneSheet(window).result).toBeVisible()
  await holds('A clone that worked')
  await cloneSheet(window).close()
  // In a window this small the details lie above the list.
  await repositories(window).details.getByRole('button', { name: 'Close details' }).click()
  await forge.world.delete(hollow)
  await repositories(window).search.fill('ada/hollow')
  await window.getByRole('button', { name: 'Test clone ada/hollow' }).click()
  await cloneSheet(window).start('Quick check')
  await expect(cloneSheet(window).failure).toBeVisible()
  await cloneSheet(window).failure.getByText('Evidence', { exact: true }).click()
  await holds('A clone that failed')
  await cloneSheet(window).close()

  await window.keyboard.press('Control+k')
  await expect(window.getByRole('dialog', { name: 'Commands' })).toBeVisible()
  await holds('The palette')
  await window.keyboard.press('Escape')
  await window.getByRole('link', { name: /^Git Accounts/ }).click()
  await account(window, 'grace').choose('Revoke access')
  await expect(window.getByRole('dialog').getByRole('button', { name: 'Revoke access' })).toBeEnabled()
  await holds('Asking before access is revoked')
  await window.getByRole('dialog').getByRole('button', { name: 'Revoke access' }).click()
  await expect(window.getByRole('dialog')).toContainText('Credential on this computer')
  await holds('The receipt')
})
