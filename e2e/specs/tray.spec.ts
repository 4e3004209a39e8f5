import { expect, readyWindow, test } from '../fixtures/app'
import type { TrayItem } from '../fixtures/desktop-shell'
import { xdgOpen } from '../fixtures/opened-pages'
import { leave, orderlyEnds } from '../fixtures/quit'
import { claimLinks, registered } from '../fixtures/sign-in-parts'
import { closeWindow, windowCount } from '../fixtures/windows'
import { repositoryPath } from '../forge/entities'
import { repositories } from '../pages/repositories'
import { goTo } from '../pages/sidebar'

/** The labels of a submenu. */
const submenu = async (tray: TrayItem, label: string): Promise<readonly string[]> =>
  (await tray.menu()).find((line) => line.label.startsWith(label))?.items.map((line) => line.label) ?? []

test('the tray connects, clones, checks and takes up what was copied, with the window only where it is needed', async ({
  startForge,
  shell,
  launch,
  pages,
  desktop,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 20 })
  const app = await launch({ env: registered(forge) })
  await claimLinks(await readyWindow(app))
  const tray = await shell.tray()
  await closeWindow(app)
  const told = () => shell.notifications.map(({ title }) => title)
  await expect.poll(told).toEqual(['CloudAIPilot keeps running'])

  // Signing in goes straight to the browser and back, and the window stays away.
  const { host } = new URL(forge.address)
  await tray.choose('Connect Git Account', `GitHub — ${host}`)
  await xdgOpen(await forge.approve(await pages.next(), { as: 'ada' }), desktop.env)
  await expect.poll(told).toContain('Connected as ada')
  await expect.poll(async () => (await tray.menu()).map(({ label }) => label)).toContain(`● ada — ${host} · Connected`)
  expect(await windowCount(app)).toBe(0)

  // Nothing is read from the clipboard until somebody looks.
  const name = forge.world.repositories().map(repositoryPath)[0] ?? ''
  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), `${forge.address}/${name}.git`)
  const offer = `From the clipboard: ${host}/${name}`
  expect(await submenu(tray, 'Connect Git Account')).not.toContain(offer)
  await tray.open('Connect Git Account')
  await expect.poll(() => submenu(tray, 'Connect Git Account')).toContain(offer)

  // A repository's line opens the window on its test clone.
  await expect.poll(() => submenu(tray, 'Test clone')).toHaveLength(8)
  const [recent = ''] = await submenu(tray, 'Test clone')
  const opened = app.waitForEvent('window')
  await tray.choose('Test clone', recent)
  const window = await opened
  await expect(window.getByRole('dialog', { name: 'Test clone' })).toContainText(recent)
  await window.keyboard.press('Escape')
  await tray.choose('Connect Git Account', offer)
  await expect(repositories(window).row(name)).toBeVisible()

  // What is wrong is shown by the icon and mended from its line.
  await closeWindow(app)
  forge.faults.next({ match: () => true, times: Number.POSITIVE_INFINITY, reset: true })
  await tray.choose('Check all')
  await expect.poll(() => tray.property('ToolTip').then(JSON.stringify)).toContain('no account is reachable')
  forge.faults.clear()
  await tray.choose(`○ ada — ${host}`, 'Check again')
  await expect.poll(async () => (await tray.menu()).map(({ label }) => label)).toContain(`● ada — ${host} · Connected`)
  expect(await windowCount(app)).toBe(0)
  expect(told().filter((title) => title === 'CloudAIPilot keeps running')).toHaveLength(1)
})

test('on a desktop without a tray the app leaves with its window', async ({ launch, profile }) => {
  const app = await launch()
  const window = await readyWindow(app)
  await goTo(window, 'General')
  await expect(window.getByText('This desktop has no tray')).toBeVisible()
  expect(await leave(app, app.process(), () => closeWindow(app))).toBe('left')
  expect(await orderlyEnds(profile)).toBe(1)
})
