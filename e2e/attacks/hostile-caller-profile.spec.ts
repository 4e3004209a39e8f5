import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { smallDisk } from '../../src-main/testing/small-disk'
import { expect, test } from '../fixtures/app'
import { launchElectron, startAgain } from '../fixtures/electron'

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
