import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, readyWindow, test } from '../fixtures/app'
import { seriousProblems } from '../fixtures/axe'
import { stealScheme, xdgOpen } from '../fixtures/opened-pages'
import { claimLinks } from '../fixtures/sign-in-parts'
import { closeWindow, isOnScreen, minimise, windowCount } from '../fixtures/windows'
import { goTo } from '../pages/sidebar'

const question = (window: Page) => window.getByRole('dialog', { name: 'A link from outside' })

test('the settings prove whether links come here, name who gets them otherwise, and mend it', async ({
  launch,
  desktop,
}) => {
  const window = await readyWindow(await launch())
  await goTo(window, 'General')
  const status = window.getByRole('status')
  await window.getByRole('button', { name: 'Test it' }).click()
  await expect(status.filter({ hasText: 'no program opens it' })).toBeVisible()
  await window.getByRole('button', { name: 'Open sign-in links here' }).click()
  await expect(status.filter({ hasText: /came back after/ })).toBeVisible()
  await expect(window.getByText('Open in this app')).toBeVisible()

  await stealScheme(desktop.env, 'cloudaipilot', join(desktop.home, 'stolen'))
  await window.getByRole('button', { name: 'Test it' }).click()
  await expect(status.filter({ hasText: /opened by .*decoy/ })).toBeVisible({ timeout: 8000 })
  await expect(window.getByText(/Belong to another program/)).toBeVisible()
  await window.getByRole('button', { name: 'Open sign-in links here' }).click()
  await expect(status.filter({ hasText: /came back after/ })).toBeVisible()
})

test('a link that asks for something else does nothing before a person says yes', async ({
  startForge,
  shell: _,
  launch,
  desktop,
}) => {
  const forge = await startForge({ dialect: 'forgejo', repositories: 3 })
  const app = await launch()
  const window = await readyWindow(app)
  await claimLinks(window)
  await goTo(window, 'SSH keys')
  const { host } = new URL(forge.address)
  const repository = `cloudaipilot://repository?url=${encodeURIComponent(`${forge.address}/ada/engine`)}`

  await minimise(app)
  await xdgOpen(repository, desktop.env)
  await expect(question(window)).toContainText(`${host}/ada/engine`)
  await expect.poll(() => isOnScreen(app)).toBe(true)
  expect(await seriousProblems(app, window)).toEqual([])
  // A key goes to whatever has the focus, which comes after the dialog itself.
  await expect(question(window).locator(':focus')).toHaveCount(1)
  await window.keyboard.press('Enter')
  await expect(question(window)).toHaveCount(0)
  await expect(window.getByRole('heading', { name: 'SSH keys', level: 1 })).toBeVisible()

  await xdgOpen('cloudaipilot://delete/everything?token=canary', desktop.env)
  await expect(question(window)).toContainText('cloudaipilot://delete/everything')
  await expect(question(window)).toContainText('Nothing was done')
  await expect(question(window)).not.toContainText('canary')
  await expect(question(window).locator(':focus')).toHaveCount(1)
  await window.keyboard.press('Escape')

  await closeWindow(app)
  const opened = app.waitForEvent('window')
  await xdgOpen(repository, desktop.env)
  const again = await opened
  expect(await windowCount(app)).toBe(1)
  await expect(question(again)).toContainText(`${host}/ada/engine`)
  // Nobody was asked anything so far.
  expect(forge.requests.all).toEqual([])
  await question(again).getByRole('button', { name: 'Open repository' }).click()
  await expect(again.getByText(/^This (is|looks like) (Gitea|Forgejo)/)).toBeVisible()
  expect(forge.requests.all.length).toBeGreaterThan(0)
})
