import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { smallDisk } from '../../src-main/testing/small-disk'
import { expect, readyWindow, test } from '../fixtures/app'
import { launchElectron, startAgain } from '../fixtures/electron'
import { endApp, mainProcesses } from '../fixtures/other-starts'
import { quit } from '../fixtures/quit'

/** The text of the window that comes in place of the app's own, which is then left by its one button. */
const saidAtStart = async (
  app: ElectronApplication,
): Promise<{ readonly text: string; readonly code: number | null }> => {
  const window = await app.firstWindow()
  const text = await window.getByRole('alert').innerText()
  const child = app.process()
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  // The window goes with the click.
  await window.getByRole('link', { name: 'Quit' }).click({ noWaitAfter: true })
  return { text, code: await ended }
}

test('a file in the place of the profile folder is named in a window', async ({ desktop, profile }) => {
  await writeFile(profile, 'not a folder')
  const { text, code } = await saidAtStart(await launchElectron({ profile, env: desktop.env }))
  expect(text).toContain('CloudAIPilot can’t use its folder')
  expect(text).toContain(profile)
  expect(text).toContain('There is a file where a folder has to be. (EEXIST)')
  expect(code).toBe(73)
  // Without a display the same is said where the app was started.
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = desktop.env
  expect(await startAgain({ profile, env })).toBe(73)
})

test('a full or read-only disk is named in a window, and nothing on it is changed', async ({ desktop }) => {
  const disk = smallDisk()
  try {
    test.skip(!disk.real, 'This user may not mount a disk.')
    const profile = join(disk.folder, 'profile')
    disk.fill()
    const full = await saidAtStart(await launchElectron({ profile, env: { ...desktop.env, LANGUAGE: 'en' } }))
    expect(full.text).toContain('There is no room left on its disk')
    expect(full.text).toContain('Free some space.')
    expect(full.code).toBe(73)
    disk.free()
    execFileSync('mount', ['-o', 'remount,ro', disk.folder])
    const readOnly = await saidAtStart(await launchElectron({ profile, env: desktop.env }))
    expect(readOnly.text).toContain(disk.folder)
    expect(readOnly.text).toContain('can only be read. (EROFS)')
    expect(readOnly.code).toBe(73)
  } finally {
    disk.remove()
  }
})

test('a disk that fills up while the app runs is named, nothing is lost, and it goes on when there is room', async ({
  desktop,
}) => {
  const disk = smallDisk(64 * 1024 * 1024)
  try {
    test.skip(!disk.real, 'This user may not mount a disk.')
    const profile = join(disk.folder, 'profile')
    const app = await launchElectron({ profile, env: { ...desktop.env, LANGUAGE: 'en' } })
    const window = await readyWindow(app)
    const kept = () => JSON.parse(readFileSync(join(profile, 'settings.json'), 'utf8')).value.appearance
    await window.getByRole('link', { name: 'General' }).click()
    await window.getByRole('radio', { name: 'Dark' }).check()
    await expect.poll(() => existsSync(join(profile, 'settings.json')) && kept()).toBe('dark')
    disk.fill()
    await window.getByRole('radio', { name: 'Light' }).click()
    const said = window.getByRole('alert')
    await expect(said).toContainText(`No room is left on the disk of ${profile}`)
    await expect(said).toContainText('Free some space there, then try again.')
    await expect(window.getByRole('radio', { name: 'Dark' })).toBeChecked()
    expect(kept()).toBe('dark')
    disk.free()
    await window.getByRole('radio', { name: 'Light' }).click()
    await expect(said).toBeHidden()
    await expect.poll(kept).toBe('light')
    await quit(app)
  } finally {
    disk.remove()
  }
})

test('of four starts at the same moment one runs, and the others leave', async ({ desktop, profile }) => {
  let left = 0
  const starts = Array.from({ length: 4 }, async () => {
    const code = await startAgain({ profile, env: desktop.env })
    left += 1
    return code
  })
  await expect.poll(() => left, { timeout: 20_000 }).toBe(3)
  expect(mainProcesses(profile)).toHaveLength(1)
  await endApp(profile)
  expect(await Promise.all(starts)).toEqual([0, 0, 0, 0])
})
