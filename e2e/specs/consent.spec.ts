import type { ElectronApplication, Page } from '@playwright/test'
import type { Bridge } from '../../src-preload/contract'
import { expect, readyWindow, test } from '../fixtures/app'
import { overflowing, seriousProblems } from '../fixtures/axe'
import { minimise } from '../fixtures/windows'
import { consentDialog } from '../pages/consent'

type Change = Parameters<Bridge['settings']['change']>[0]

/** Asks main for a change, as the settings do. */
const change = (window: Page, wanted: Change) =>
  window.evaluate((given) => (globalThis as unknown as { bridge: Bridge }).bridge.settings.change(given), wanted)

const proxy = (url: string): Change => ({ proxy: { mode: 'manual', url } })

/** The dialog's window, as main knows it. */
const dialogWindow = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter(({ webContents }) => webContents.getURL() === 'app://consent/')
      .map((one) => ({ visible: one.isVisible(), modal: one.isModal(), height: one.getContentBounds().height })),
  )

test('a question has its facts, a verb, and Cancel in front; Escape and closing it mean no', async ({
  app,
  window,
}) => {
  const consent = consentDialog(window)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600))
  const refused = { ok: false, failure: { code: 'cancelled' } }
  const first = change(window, proxy('http://proxy.acme.dev:3128'))
  const dialog = await consent.open()
  await expect(dialog).toHaveAccessibleName('Use this proxy?')
  await expect(dialog).toHaveAccessibleDescription('All connections to git hosts go through it.')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(dialog.getByRole('button', { name: 'Use this proxy' })).toBeEnabled()
  for (const colorScheme of ['light', 'dark'] as const) {
    await dialog.page().emulateMedia({ colorScheme })
    expect.soft(await seriousProblems(app, dialog.page()), colorScheme).toEqual([])
    expect.soft(await overflowing(dialog.page()), colorScheme).toEqual([])
  }
  expect(await dialogWindow(app)).toMatchObject([{ visible: true, modal: true }])
  // The window may be gone before the key has been told to have been pressed.
  await Promise.allSettled([dialog.page().keyboard.press('Escape')])
  expect(await first).toMatchObject(refused)

  const second = change(window, { gitPath: '/usr/bin/git' })
  await (await consent.open()).page().close()
  expect(await second).toMatchObject(refused)

  const third = change(window, { useInTerminal: true })
  await (await consent.open()).getByRole('button', { name: 'Use in the terminal' }).focus()
  await consent.agree('Use in the terminal')
  expect(await third).toMatchObject({ ok: true, value: { useInTerminal: true, gitPath: null } })
  expect(await change(window, { useInTerminal: false, appearance: 'dark' })).toMatchObject({ ok: true })
})

test('a long and hostile text is wrapped, bounded and visible, and the buttons stay in sight', async ({
  app,
  window,
}) => {
  const consent = consentDialog(window)
  const path = `/opt/${'very-long-folder-name'.repeat(150)}/\u202Egit`
  const asked = change(window, { gitPath: path })
  const dialog = await consent.open()
  await expect(dialog).toContainText('⟨U+202E⟩git')
  const [{ height } = { height: 0 }] = await dialogWindow(app)
  expect(height).toBeLessThanOrEqual(560)
  expect(await overflowing(dialog.page())).toEqual([])
  const verb = dialog.getByRole('button', { name: 'Use this program' })
  await expect(verb).toBeInViewport({ ratio: 1 })
  await expect(dialog.getByText('Scroll to the end first')).toBeVisible()
  await expect(verb).toBeDisabled()
  // What is pressed there meanwhile reaches the page, which then waits anew.
  await expect(verb).toHaveCSS('pointer-events', 'none')
  await dialog.locator('.body').evaluate((body) => body.scrollTo(0, body.scrollHeight))
  await expect(verb).toBeEnabled()
  await expect(dialog.getByText('Scroll to the end first')).toBeHidden()
  await consent.refuse()
  expect(await asked).toMatchObject({ ok: false })

  // Letters that are written from right to left turn round what stands between them, unless they are kept from it.
  const turned = change(window, { gitPath: '/opt/\u05d0 1 ; rm 2 \u05d1/git' })
  const shown = (await consent.open()).locator('ins')
  const places = await shown.evaluate((line) => {
    const text = line.firstChild as Text
    return Array.from({ length: text.length }, (_, at) => {
      const range = document.createRange()
      range.setStart(text, at)
      range.setEnd(text, at + 1)
      return range.getBoundingClientRect().left
    })
  })
  expect(places).toEqual([...places].sort((one, other) => one - other))
  expect(new Set(places).size).toBe('/opt/\u05d0 1 ; rm 2 \u05d1/git'.length)
  await consent.refuse()
  await turned
})

test('it is shown over no window as well, in the language of the app', async ({ launch }) => {
  const app = await launch()
  const window = await readyWindow(app)
  await change(window, { language: 'de' })
  await window.locator('html[lang=de] body[data-ready]').waitFor()
  await minimise(app)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  const asked = change(window, proxy('socks5://127.0.0.1:1080'))
  const dialog = await consentDialog(window).open()
  await expect(dialog).toHaveAccessibleName('Diesen Proxy verwenden?')
  await expect(dialog.page().locator('html')).toHaveAttribute('lang', 'de')
  await expect.poll(() => dialogWindow(app)).toMatchObject([{ visible: true, modal: false }])
  await consentDialog(window).agree('Proxy verwenden')
  expect(await asked).toMatchObject({ ok: true, value: { proxy: { mode: 'manual' } } })
})
