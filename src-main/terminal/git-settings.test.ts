import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { askSetting, helperSetting } from '../git/credential-setting'
import { helpedHosts, setHelpers } from './git-settings'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'git-settings-'))
  file = join(folder, 'config')
  vi.stubEnv('GIT_CONFIG_GLOBAL', file)
})
afterEach(() => rmSync(folder, { recursive: true }))

const setting = helperSetting(["/opt/it's here/app", '--cli', 'git-credential'])
const asked = askSetting("/home/it's me/git")
const origin = 'https://example.test'
const values = (name: string) => {
  try {
    return execFileSync('git', ['config', '--global', '--get-all', name], { encoding: 'utf8' }).split('\n').slice(0, -1)
  } catch {
    return []
  }
}

it('comes before a person’s own helper and leaves it as it was', async () => {
  writeFileSync(file, `[credential "${origin}"]\n\thelper = store\n[user]\n\tname = Ada\n`)
  await setHelpers('git', [asked, setting], [{ origin, byPath: true }])
  expect(values(`credential.${origin}.helper`)).toEqual(['store', '', asked, setting])
  expect(values(`credential.${origin}.useHttpPath`)).toEqual(['true'])
  await setHelpers('git', [asked, setting], [{ origin, byPath: true }])
  expect(values(`credential.${origin}.helper`)).toEqual(['store', '', asked, setting])
  await setHelpers('git', [asked, setting], [])
  expect(values(`credential.${origin}.helper`)).toEqual(['store'])
  expect(values(`credential.${origin}.useHttpPath`)).toEqual([])
  expect(readFileSync(file, 'utf8')).toContain('name = Ada')
})

it('replaces the setting of an install that has moved, and drops hosts that are gone', async () => {
  const moved = helperSetting(['/elsewhere/app', '--cli', 'git-credential'])
  await setHelpers('git', [moved], [{ origin, byPath: false }])
  await setHelpers('git', [asked, setting], [{ origin: 'https://other.test:8443', byPath: false }])
  expect(values(`credential.${origin}.helper`)).toEqual([])
  expect(values('credential.https://other.test:8443.helper')).toEqual(['', asked, setting])
})

it('says so when git’s settings can’t be written', async () => {
  writeFileSync(file, 'not a configuration [')
  await expect(setHelpers('git', [asked, setting], [{ origin, byPath: false }])).rejects.toMatchObject({
    code: 'storage-failed',
  })
})

it('lets git tell the path where several accounts have the host, or a forge has a part of it', () => {
  const at = (host: string, kind: 'oauth' | 'ssh' = 'oauth', state = 'connected') => ({ host, kind, state })
  const other = at('https://other.test:8443')
  expect(
    helpedHosts([at(origin), other, at('ssh://ssh.test', 'ssh'), at('https://gone.test', 'oauth', 'revoked')]),
  ).toEqual([
    { origin, byPath: false },
    { origin: other.host, byPath: false },
  ])
  expect(helpedHosts([at(origin), at(origin), other])).toMatchObject([{ origin, byPath: true }, { byPath: false }])
  expect(helpedHosts([at(`${origin}/git`), other])).toMatchObject([{ origin, byPath: true }, { byPath: false }])
})
