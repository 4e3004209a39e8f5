import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, readyWindow, test } from '../fixtures/app'
import { mainProcesses } from '../fixtures/other-starts'
import { quit } from '../fixtures/quit'
import { wizard } from '../pages/wizard'

test('a second start shows the window of the first and leaves', async ({ app, window, runAgain, profile }) => {
  const before = mainProcesses(profile)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  expect(await runAgain()).toBe(0)
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isVisible())))
    .toEqual([true])
  expect(mainProcesses(profile)).toEqual(before)
  await expect(window.getByRole('heading', { name: 'Git Accounts', level: 1 })).toBeVisible()
})

test('many starts at once leave one app, and its files whole', async ({ startForge, launch, runAgain, profile }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const app = await launch()
  const window = await readyWindow(app)
  const starts = Promise.all([runAgain(), runAgain('--not-a-switch'), runAgain('cloudaipilot://oauth/callback')])
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).connectWithToken(forge.personalAccessToken())
  await expect(wizard(window).connected('ada')).toBeVisible()
  expect(await starts).toEqual([0, 0, 0])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  expect(mainProcesses(profile)).toHaveLength(1)
  await quit(app)
  expect(JSON.parse(await readFile(join(profile, 'accounts.json'), 'utf8'))).toBeTruthy()
})
