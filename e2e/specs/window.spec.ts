import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deepLinkCallback } from '../../src-main/deep-link/address'
import { expect, readyWindow, test } from '../fixtures/app'
import { consentDialog } from '../pages/consent'

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

  // A question mark is text where text is typed, and elsewhere shows every shortcut.
  const sheet = window.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await window.getByLabel('Host', { exact: true }).press('?')
  await expect(sheet).toBeHidden()
  await window.keyboard.press('Control+,')
  await expect(window.getByRole('heading', { name: 'General', level: 1 })).toBeFocused()
  await window.keyboard.press('?')
  await expect(sheet).toContainText('Connect Git Account')
  await window.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
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
  await expect(window.getByText(deepLinkCallback('https://github.com'))).toBeVisible()
  await window.getByLabel('Client ID').fill('Iv23liTestTest')
  await window.getByRole('button', { name: 'Save' }).click()
  await consentDialog(window).agree('Use this OAuth app')
  await expect(window.getByRole('heading', { name: 'Connect Git Account' })).toBeVisible()
  await expect(window.getByRole('button', { name: 'Sign in with a code' })).toBeVisible()
  await window.getByRole('button', { name: 'Cancel' }).click()
  await expect(window.getByRole('heading', { name: 'Git Accounts', level: 1 })).toBeVisible()
})

test('somebody without an account can play the demo where the app runs from source', async ({ launch, desktop }) => {
  const played = join(desktop.home, 'played')
  const demo = (script: string) => ({ CLOUDAIPILOT_DEMO: JSON.stringify([process.execPath, '-e', script]) })
  const wait = `const fs = require('fs'); fs.writeFileSync(${JSON.stringify(played)}, ''); const t = setInterval(() => { if (fs.existsSync(${JSON.stringify(`${played}.end`)})) { clearInterval(t); process.exitCode = 1 } }, 20)`
  const window = await readyWindow(await launch({ env: demo(wait) }))
  await window.getByRole('button', { name: 'Play the demo' }).click()
  await expect(window.getByText('The demo is playing in a window of its own.')).toBeVisible()
  await expect.poll(() => existsSync(played)).toBe(true)
  await writeFile(`${played}.end`, '')
  await expect(window.getByText('The demo could not play to its end.')).toBeVisible()
  await expect(window.getByRole('button', { name: 'Play the demo' })).toBeVisible()
})

test('a page that crashes is loaded again, and one that goes on crashing says what to do; nothing is lost', async ({
  app,
  window,
  problems,
}) => {
  problems.expect(/crash/i)
  await window.evaluate(() =>
    (
      globalThis as unknown as { bridge: { sshKeys: { create(key: unknown): Promise<unknown> } } }
    ).bridge.sshKeys.create({
      kind: 'ed25519',
      name: 'kept',
    }),
  )
  /** What the window's page shows, in whatever process it is. */
  const shown = () =>
    app.evaluate(async ({ BrowserWindow }) => {
      const { webContents: contents } = BrowserWindow.getAllWindows()[0] ?? {}
      const ready = await contents?.executeJavaScript(`document.body?.dataset.ready === undefined
        ? null
        : bridge.sshKeys.list().then(({ value }) => value.map(({ name }) => name).join())`)
      return String(ready)
    })
  /** Resolves when it has been loaded again. */
  const crash = () =>
    app.evaluate(async ({ BrowserWindow }) => {
      const { webContents: contents } = BrowserWindow.getAllWindows()[0] ?? {}
      const loaded = new Promise<void>((resolve) =>
        contents?.once('render-process-gone', () => contents.once('did-finish-load', () => resolve())),
      )
      contents?.forcefullyCrashRenderer()
      await loaded
    })
  // Another answers in the place of the person, and is asked only once it goes on.
  await app.evaluate(({ dialog }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = async (options: unknown) => {
      asked.push(JSON.stringify(options))
      return { response: 1, checkboxChecked: false }
    }
  })
  const asked = () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
  for (let time = 0; time < 4; time += 1) {
    expect(await asked()).toEqual([])
    await crash()
    await expect.poll(shown, { timeout: 20_000 }).toBe('kept')
  }
  expect(await asked()).toEqual([expect.stringMatching(/crashed several times.*Try again, or quit.*main\.log/)])
})
