import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { officialElectron } from '../electron-runtime.mjs'
import { packagedVersion } from './runtime-choice.mjs'

const locked = '45.4.1'
const version = '0.1.0'

describe('a package', () => {
  it('is a release with the official runtime, whatever switches there are', () => {
    for (const allowed of [false, true]) {
      expect(packagedVersion({ version, runtime: locked, locked, allowed })).toBe(version)
    }
  })

  it.each([null, '25.1.1', '45.4.0', '45.4.1-nightly'])(
    'is not made with Electron %s unless that is asked for',
    (runtime) => {
      expect(() => packagedVersion({ version, runtime, locked, allowed: false })).toThrow(/official Electron 45\.4\.1/)
      expect(packagedVersion({ version, runtime, locked, allowed: true })).toBe('0.1.0+fallback')
    },
  )

  it('says what to do', () => {
    try {
      packagedVersion({ version, runtime: '25.1.1', locked, allowed: false })
      expect.unreachable()
    } catch (error) {
      expect(error.action).toMatch(/ELECTRON_OVERRIDE_DIST_PATH .* --with-fallback-runtime/)
    }
  })
})

describe('the official runtime', () => {
  /** @type {string} */
  let root
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'runtime-'))
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', '')
    // As after a download that failed: none is tried again today.
    vi.stubEnv('XDG_CACHE_HOME', path.join(root, 'cache'))
    const cache = path.join(root, 'cache', 'cloudaipilot-desktop')
    mkdirSync(cache, { recursive: true })
    writeFileSync(path.join(cache, `electron-${locked}-could-not-be-downloaded`), '')
    mkdirSync(path.join(root, 'node_modules', 'electron'), { recursive: true })
    writeFileSync(path.join(root, 'node_modules', 'electron', 'package.json'), JSON.stringify({ version: locked }))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('is not there where it could not be downloaded, and no other is fetched', async () => {
    expect(await officialElectron(root)).toEqual({ executable: null, runtime: null, locked })
  })

  it('is the one that was named, with the version that it says it has', async () => {
    const folder = path.join(root, 'given')
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'version'), 'v25.1.1\n')
    for (const name of ['electron', 'electron.exe']) writeFileSync(path.join(folder, name), '')
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder)
    if (process.platform === 'darwin') return
    expect(await officialElectron(root)).toMatchObject({ runtime: '25.1.1', locked })
  })
})
