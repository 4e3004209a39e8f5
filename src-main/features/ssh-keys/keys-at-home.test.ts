import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findKeyFiles } from './keys-at-home'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-at-home-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('finds private keys by how they begin, whatever they are called', async () => {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'id_ed25519')])
  execFileSync('ssh-keygen', [
    '-q',
    '-t',
    'rsa',
    '-b',
    '2048',
    '-m',
    'PEM',
    '-N',
    'passphrase',
    '-f',
    join(folder, 'work'),
  ])
  await writeFile(join(folder, 'putty.ppk'), 'PuTTY-User-Key-File-3: ssh-ed25519\n')
  await writeFile(join(folder, 'config'), 'Host *\n  IdentityFile ~/.ssh/work\n')
  await writeFile(join(folder, 'known_hosts'), 'example.test ssh-ed25519 AAAA\n')
  await writeFile(join(folder, 'big'), `-----BEGIN OPENSSH PRIVATE KEY-----\n${'A'.repeat(70_000)}`)
  await mkdir(join(folder, 'keys'))
  await symlink(join(folder, 'nowhere'), join(folder, 'broken'))
  execFileSync('mkfifo', [join(folder, 'agent')])
  expect((await findKeyFiles(folder)).map(({ name }) => name)).toEqual(['id_ed25519', 'putty.ppk', 'work'])
})

it('finds nothing where there is no folder', async () => {
  expect(await findKeyFiles(join(folder, 'none'))).toEqual([])
})
