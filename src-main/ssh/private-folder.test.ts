import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makePrivateFolder, privateParent, sweepPrivateFolders } from './private-folder'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'sweep-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

/** The number of a process that has ended. */
const ended = (): number => spawnSync('true').pid

it('makes folders that nobody else can enter, in memory where the system offers that', async () => {
  const folder = await makePrivateFolder(parent)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(privateParent({ XDG_RUNTIME_DIR: '/run/user/1000' })).toBe('/run/user/1000')
  expect(privateParent({ XDG_RUNTIME_DIR: `/run/${'long/'.repeat(20)}` })).toBe(tmpdir())
  expect(privateParent({})).toBe(tmpdir())
})

it('makes do with the temporary folder where the one in memory is missing', async () => {
  const folder = await makePrivateFolder(join(parent, 'missing'))
  expect(folder.startsWith(join(tmpdir(), 'cloudaipilot-ssh-'))).toBe(true)
  rmSync(folder, { recursive: true })
})

it('sweeps what a killed run left behind, and nothing else', async () => {
  const own = await makePrivateFolder(parent)
  const left = join(parent, `cloudaipilot-ssh-${ended()}-abc123`)
  const running = join(parent, `cloudaipilot-ssh-${process.ppid}-abc123`)
  const reused = join(parent, `cloudaipilot-ssh-${process.ppid}-old123`)
  const strange = join(parent, 'somebody-elses')
  for (const folder of [left, running, reused, strange]) {
    mkdirSync(folder)
    writeFileSync(join(folder, 'known_hosts'), '')
  }
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400
  utimesSync(reused, twoDaysAgo, twoDaysAgo)
  const link = join(parent, `cloudaipilot-ssh-${ended()}-link`)
  symlinkSync(strange, link)

  await sweepPrivateFolders([parent, join(parent, 'missing')])
  expect(existsSync(left)).toBe(false)
  expect(existsSync(reused)).toBe(false)
  for (const kept of [own, running, join(strange, 'known_hosts'), link]) expect(existsSync(kept)).toBe(true)
})
