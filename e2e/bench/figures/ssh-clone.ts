import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { requireAddress } from '../../../src-main/git/address'
import { createGit } from '../../../src-main/git/create-git'
import { createKeyPair } from '../../../src-main/ssh/key-pair'
import { openSshLogin } from '../../../src-main/ssh/ssh-login'
import { startGitHost } from '../../fixtures/sshd'
import type { Figure } from '../figure'
import { compare, time } from '../samples'

const run = promisify(execFile)

/** A shallow test clone by SSH from a real sshd, beside the same git command with the same key in a file. */
export const figure: Figure = {
  name: 'ssh-clone',
  measure: async ({ env }) => {
    const host = await startGitHost()
    const folder = await mkdtemp(join(tmpdir(), 'bench-ssh-'))
    try {
      host.addRepository('team/app')
      const key = await createKeyPair('ed25519', 'bench')
      host.authorize(key.publicKey)
      const { type, blob } = host.server.hostKey
      const known = `[127.0.0.1]:${host.server.port} ${type} ${blob.toString('base64')}\n`
      const [identity, hosts] = [join(folder, 'key'), join(folder, 'known_hosts')]
      await writeFile(identity, `${key.privateKey.reveal().trimEnd()}\n`, { mode: 0o600 })
      await writeFile(hosts, known)
      const git = createGit({ folder: join(folder, 'app'), gitPath: () => null, credentialHelper: [] })
      const address = requireAddress(host.address('team/app'))
      const shell = `ssh -F /dev/null -i ${identity} -o UserKnownHostsFile=${hosts} -o IdentitiesOnly=yes -o IdentityAgent=none`
      const shallow = await compare(
        11,
        () =>
          time(async () => {
            const login = await openSshLogin({ kind: 'private', ...key }, known)
            await git.testClone({ address, transport: { kind: 'ssh', command: login.command } }, { branch: null })
            await login.close()
          }),
        async () => {
          const into = join(folder, 'plain')
          const args = ['clone', '-q', '--filter=tree:0', '--depth=1', '--no-tags', '--no-checkout', address.url, into]
          const taken = await time(() => run('git', args, { env: { ...env, GIT_SSH_COMMAND: shell } }))
          await rm(into, { recursive: true })
          return taken
        },
      )
      return [
        {
          name: 'shallow test by SSH',
          unit: 'ms',
          ...shallow,
          limit: shallow.reference * 1.15,
          budget: '1.15 × the same git command',
        },
      ]
    } finally {
      await host.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
