import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { smallDisk } from '../testing/small-disk'
import { isInUse, profileProblem } from './profile-folder'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'profile-'))
})
afterEach(() => {
  chmodSync(parent, 0o700)
  rmSync(parent, { recursive: true })
})

const isRoot = process.getuid?.() === 0

describe('the profile folder', () => {
  it('is made where it is not there yet, for this user alone, and nothing is left in it', () => {
    const folder = join(parent, 'new', 'profile')
    expect(profileProblem(folder)).toBeNull()
    expect(readdirSync(folder)).toEqual([])
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700)
    mkdirSync(join(folder, 'logs'))
    writeFileSync(join(folder, 'settings.json'), '{}')
    expect(profileProblem(folder)).toBeNull()
  })

  it('may be no file, and lie below none', () => {
    const file = join(parent, 'file')
    writeFileSync(file, '')
    expect(profileProblem(file)).toMatchObject({ path: file, reason: 'no-folder' })
    expect(profileProblem(join(file, 'below'))).toMatchObject({ reason: 'no-folder' })
    symlinkSync(join(parent, 'loop'), join(parent, 'loop'))
    expect(profileProblem(join(parent, 'loop', 'below'))).not.toBeNull()
    const logs = join(parent, 'logs')
    writeFileSync(logs, '')
    expect(profileProblem(parent)).toMatchObject({ path: logs, reason: 'no-folder' })
  })

  it.skipIf(process.platform === 'win32')('holds files where files are read, and none that would never end', () => {
    const path = join(parent, 'vault.json')
    const put: readonly (readonly [code: string, make: () => void])[] = [
      ['EINVAL', () => execFileSync('mkfifo', [path])],
      ['EINVAL', () => symlinkSync('/dev/zero', path)],
      ['EISDIR', () => mkdirSync(path)],
      ['EISDIR', () => symlinkSync(parent, path)],
      [
        'EFBIG',
        () => {
          writeFileSync(path, '')
          truncateSync(path, 4 * 1024 ** 3)
        },
      ],
    ]
    for (const [code, make] of put) {
      make()
      expect(profileProblem(parent)).toEqual({ path, code, reason: 'no-file' })
      rmSync(path, { recursive: true })
    }
    for (const name of ['vault.seen', 'vault.ahead-0123456789ab', 'settings.last-good.json']) {
      execFileSync('mkfifo', [join(parent, name)])
      expect(profileProblem(parent)).toMatchObject({ path: join(parent, name), reason: 'no-file' })
      rmSync(join(parent, name))
    }
    for (const name of ['logs/main.log', 'repositories/one.rows', 'certificates/a.pem']) {
      mkdirSync(join(parent, dirname(name)))
      execFileSync('mkfifo', [join(parent, name)])
      expect(profileProblem(parent)).toEqual({ path: join(parent, name), code: 'EINVAL', reason: 'no-file' })
      rmSync(join(parent, name))
    }
    // A link to a file is read, and one that leads nowhere is no file yet.
    writeFileSync(join(parent, 'elsewhere'), '{}')
    symlinkSync('elsewhere', path)
    symlinkSync('nowhere', join(parent, 'settings.json'))
    expect(profileProblem(parent)).toBeNull()
  })

  it('needs room', () => {
    const disk = smallDisk()
    onTestFinished(disk.remove)
    if (!disk.real) return
    expect(profileProblem(disk.folder)).toBeNull()
    disk.fill(4096)
    expect(profileProblem(disk.folder)).toEqual({ path: disk.folder, code: 'ENOSPC', reason: 'full' })
    expect(readdirSync(disk.folder)).toEqual(['ballast'])
    disk.free()
    expect(profileProblem(disk.folder)).toBeNull()
  })

  it.skipIf(isRoot || process.platform === 'win32')('has to be open to this user', () => {
    for (const mode of [0o555, 0o600, 0o300]) {
      chmodSync(parent, mode)
      expect(profileProblem(parent), mode.toString(8)).toMatchObject({ path: parent, reason: 'denied' })
    }
    chmodSync(parent, 0o700)
    writeFileSync(join(parent, 'vault.json'), '', { mode: 0o000 })
    expect(profileProblem(parent)).toMatchObject({ path: join(parent, 'vault.json'), code: 'EACCES', reason: 'denied' })
  })

  it('is in use while the process of its lock lives', () => {
    expect(isInUse(parent)).toBe(false)
    symlinkSync(`host-${process.pid}`, join(parent, 'SingletonLock'))
    expect(isInUse(parent)).toBe(true)
    rmSync(join(parent, 'SingletonLock'))
    symlinkSync('host-99999999', join(parent, 'SingletonLock'))
    expect(isInUse(parent)).toBe(false)
  })
})
