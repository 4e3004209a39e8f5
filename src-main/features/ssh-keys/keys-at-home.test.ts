import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readSshConfig } from '../../ssh/read-ssh-config'
import { readAlias } from '../../ssh/ssh-config'
import { findKeyFiles } from './keys-at-home'
import { readSshAddress } from './read-ssh-address'

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

const config = `
# mine
Include config.d/*
Host work gh-work
  HostName github.com # by HTTPS's port
  Port = 443
  User git
  IdentityFile "~/.ssh/id work"
Host inner
  HostName %h.corp.example
  ProxyJump bastion
Host github.com
  IdentityFile ~/.ssh/id_github
Host *.example !inner
  HostName elsewhere.example
Host *
  User ada
  Port 2222
Match exec "touch /tmp/never"
  HostName evil.example
`

it('reads what an alias of the SSH configuration stands for', () => {
  expect(readAlias(config, 'work')).toEqual({
    name: 'work',
    hostName: 'github.com',
    port: 443,
    user: 'git',
    identityFile: '~/.ssh/id work',
    proxyJump: null,
  })
  expect(readAlias(config, 'inner')).toMatchObject({
    hostName: 'inner.corp.example',
    port: 2222,
    user: 'ada',
    proxyJump: 'bastion',
  })
  expect(readAlias(config, 'git.example')).toMatchObject({ hostName: 'elsewhere.example', user: 'ada' })
  // A host that is called so itself, and one that is not there.
  for (const name of ['github.com', 'nowhere', '*']) expect(readAlias(config, name)).toBe(null)
})

it('reads what the SSH configuration includes, and survives one that includes itself', async () => {
  const ssh = join(folder, '.ssh')
  await mkdir(join(ssh, 'config.d'), { recursive: true })
  await writeFile(join(ssh, 'config'), config)
  await writeFile(join(ssh, 'config.d', 'one'), 'Host lab\n  HostName lab.example\nInclude config.d/one\n')
  expect(readAlias(readSshConfig(folder), 'lab')).toMatchObject({ hostName: 'lab.example' })
  expect(readAlias(readSshConfig(folder), 'work')).toMatchObject({ hostName: 'github.com' })
  expect(readSshConfig(join(folder, 'nobody'))).toBe('')
})

it.each([
  ['work:acme/shop.git', 'ssh://git@github.com:443/acme/shop.git'],
  ['ada@gh-work:acme/shop.git', 'ssh://ada@github.com:443/acme/shop.git'],
  ['ssh://inner/srv/shop', 'ssh://ada@inner.corp.example:2222/srv/shop'],
  ['ssh://git@inner:22/srv/shop', 'ssh://git@inner.corp.example/srv/shop'],
])('offers the address behind the alias in %s', (text, corrected) => {
  expect(() => readSshAddress(text, () => config)).toThrow(
    expect.objectContaining({
      code: 'address-refused',
      facts: expect.objectContaining({ reason: 'alias', hostName: expect.any(String), corrected }),
    }),
  )
})

it('leaves other addresses as they are, and turns a page into the address for a key', () => {
  expect(readSshAddress('git@github.com:acme/shop.git', () => config).address).toBe('git@github.com:acme/shop.git')
  expect(() => readSshAddress('https://git.example/acme/shop/tree/main', () => config)).toThrow(
    expect.objectContaining({ facts: { reason: 'page', corrected: 'git@git.example:acme/shop', branch: 'main' } }),
  )
})
