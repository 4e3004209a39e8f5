import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from './forge'
import { gitEnvironment } from './git-storage'
import { localRequest } from './local-request'
import { type Receiver, startReceiver } from './receiver'

const run = promisify(execFile)
let forge: Forge
let scratch: string
let receiver: Receiver

beforeAll(async () => {
  forge = await startForge({ dialect: 'github', ssh: true })
  receiver = await startReceiver()
  scratch = await mkdtemp(join(tmpdir(), 'forge-ssh-'))
  await writeFile(join(scratch, 'known_hosts'), `[127.0.0.1]:${forge.ssh?.port} ${forge.ssh?.hostKey}\n`)
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await receiver.close()
  await forge.close()
  await rm(scratch, { recursive: true })
})

const newKey = async (name: string): Promise<string> => {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(scratch, name)])
  await chmod(join(scratch, name), 0o600)
  return readFile(join(scratch, `${name}.pub`), 'utf8')
}

const sshWith = (name: string): string =>
  `ssh -F none -i ${join(scratch, name)} -o IdentitiesOnly=yes -o IdentityAgent=none -o UserKnownHostsFile=${join(scratch, 'known_hosts')} -o StrictHostKeyChecking=yes`

const git = (key: string, args: readonly string[], cwd = scratch) =>
  run('git', [...args], { cwd, env: gitEnvironment({ GIT_SSH_COMMAND: sshWith(key), HOME: scratch }) })

const address = (path: string): string => `ssh://git@127.0.0.1:${forge.ssh?.port}/${path}.git`

const addDeployKey = (name: string, key: string, readOnly: boolean) =>
  localRequest(`${forge.apiUrl}/repos/ada/${name}/keys`, {
    json: { title: 'server', key, read_only: readOnly },
    headers: { authorization: `Bearer ${forge.personalAccessToken({ user: 'ada' })}` },
  })

describe('git over ssh', () => {
  it('opens one repository to its deploy key, read-only unless made otherwise', async () => {
    await forge.world.createRepository({ owner: 'ada', name: 'app', files: { 'a.txt': 'one\n' } })
    await forge.world.createRepository({ owner: 'ada', name: 'other' })
    expect((await addDeployKey('app', await newKey('deploy'), true)).status).toBe(201)
    await git('deploy', ['clone', '-q', address('ada/app'), 'app'])
    expect(await readFile(join(scratch, 'app', 'a.txt'), 'utf8')).toBe('one\n')
    await expect(git('deploy', ['ls-remote', address('ada/other')])).rejects.toThrow(/Repository not found/)
    await expect(git('deploy', ['push', '-q', 'origin', 'HEAD:new'], join(scratch, 'app'))).rejects.toThrow(/read only/)
  })

  it('lets a person’s key push, and tells the hooks', async () => {
    const key = await newKey('personal')
    forge.addSshKey('ada', key)
    const repository = await forge.world.createRepository({ owner: 'ada', name: 'pushed' })
    await localRequest(`${forge.apiUrl}/repos/ada/pushed/hooks`, {
      json: { name: 'web', config: { url: receiver.address, content_type: 'json' }, events: ['push'] },
      headers: { authorization: `Bearer ${forge.personalAccessToken({ user: 'ada' })}` },
    })
    await git('personal', ['clone', '-q', address('ada/pushed'), 'pushed'])
    await git('personal', ['push', '-q', 'origin', 'HEAD:topic'], join(scratch, 'pushed'))
    await expect
      .poll(() => receiver.received.map((one) => JSON.parse(one.body).ref).filter(Boolean))
      .toEqual(['refs/heads/topic'])
    expect((await forge.world.git.branches(repository)).map(({ name }) => name)).toEqual(['main', 'topic'])
    expect((await addDeployKey('pushed', key, true)).status).toBe(422)
  })

  it('refuses unknown keys and greets those who want a shell', async () => {
    await newKey('stranger')
    await expect(git('stranger', ['ls-remote', address('ada/pushed')])).rejects.toThrow(
      /Permission denied \(publickey\)/,
    )
    const args = [...sshWith('personal').split(' ').slice(1), '-T', '-p', String(forge.ssh?.port), 'git@127.0.0.1']
    await expect(run('ssh', args)).rejects.toThrow(/Hi ada! You've successfully authenticated/)
  })
})
