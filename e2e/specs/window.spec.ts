import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from '../fixtures/app'

const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe holds against the screen, serious or worse. It runs in a world of its own, past the page's policy. */
async function seriousProblems(app: ElectronApplication, page: Page): Promise<readonly string[]> {
  // What is still fading in has not its final colours. Endless motion, as of a spinner, is not waited for.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished.catch(() => undefined)),
    ),
  )
  const contents = await app.browserWindow(page)
  const violations: readonly Violation[] = await contents.evaluate(
    (window, source) =>
      window.webContents.executeJavaScriptInIsolatedWorld(999, [
        { code: `${source}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)` },
      ]),
    axe,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** The screens of the settings, by their line in the sidebar and their heading. */
const screens = [
  ['Git Accounts', 'Git Accounts'],
  ['SSH keys', 'SSH keys'],
  ['Host keys', 'Host keys'],
  ['OAuth apps', 'OAuth apps'],
  ['General', 'General'],
  ['Repositories', 'Repositories'],
] as const

test('every screen is accessible, in light and in dark', async ({ app, window }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    for (const [entry, heading] of screens) {
      await window.getByRole('link', { name: entry }).click()
      await expect(window.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
      expect(await seriousProblems(app, window), `${entry} in ${colorScheme}`).toEqual([])
    }
    await window.getByRole('link', { name: 'Git Accounts' }).click()
    await window.getByRole('button', { name: 'Connect Git Account' }).click()
    await expect(window.getByRole('button', { name: 'GitHub', exact: true })).toBeVisible()
    expect(await seriousProblems(app, window), `the wizard in ${colorScheme}`).toEqual([])
    await window.getByRole('button', { name: /^Key storage/ }).click()
    const storage = window.getByRole('dialog', { name: 'Key storage' })
    await expect(storage).toBeVisible()
    await expect(storage).toHaveCSS('opacity', '1')
    expect(await seriousProblems(app, window), `key storage in ${colorScheme}`).toEqual([])
    await window.keyboard.press('Escape')
    await expect(window.getByRole('dialog')).toHaveCount(0)
  }
})

test('can be used by keyboard alone', async ({ window }) => {
  const focusOn = async (name: string) => {
    for (let presses = 0; presses < 40; presses += 1) {
      const focused = await window.evaluate(() => document.activeElement?.textContent ?? '')
      if (focused === name) return
      await window.keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to ${name}`)
  }
  await focusOn('OAuth apps')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('heading', { name: 'OAuth apps', level: 1 })).toBeFocused()
  await window.keyboard.press('Alt+ArrowLeft')
  await expect(window.getByRole('heading', { name: 'Git Accounts', level: 1 })).toBeVisible()
  await window.keyboard.press('Control+n')
  await expect(window.getByRole('heading', { name: 'Connect Git Account' })).toBeFocused()
  await focusOn('GitHub')
  await window.keyboard.press('Enter')
  await expect(window.getByLabel('Host', { exact: true })).toHaveValue('https://github.com')
})

test('says where it is, keeps the choice of light or dark, and names its versions', async ({ window }) => {
  const path = window.getByRole('navigation', { name: 'Where you are' })
  await expect(path).toHaveText('Organization SettingsIntegrationsGit Accounts')
  await window.getByRole('link', { name: 'General' }).click()
  await window.getByRole('radio', { name: 'Dark' }).check()
  await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await window.reload()
  await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await window.getByRole('link', { name: 'General' }).click()
  await expect(window.getByRole('region', { name: 'About' })).toContainText('Electron')
})

test('without an OAuth app the wizard says so, offers a token, and comes back from setting one up', async ({
  window,
}) => {
  await window.getByRole('button', { name: 'Connect Git Account' }).click()
  await window.getByRole('button', { name: 'GitHub', exact: true }).click()
  await expect(window.getByText('No OAuth app is set up for github.com')).toBeVisible()
  await expect(window.getByLabel('Personal access token')).toBeVisible()
  await window.getByRole('button', { name: 'Set up OAuth app' }).click()
  await expect(window.getByText('cloudaipilot://oauth/callback')).toBeVisible()
  await window.getByLabel('Client ID').fill('Iv23liTestTest')
  await window.getByRole('button', { name: 'Save' }).click()
  await expect(window.getByRole('heading', { name: 'Connect Git Account' })).toBeVisible()
  await expect(window.getByRole('button', { name: 'Sign in with a code' })).toBeVisible()
  await window.getByRole('button', { name: 'Cancel' }).click()
  await expect(window.getByRole('heading', { name: 'Git Accounts', level: 1 })).toBeVisible()
})
