import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Secret } from '../../../src-main/credentials/secret'
import { requireAddress } from '../../../src-main/git/address'
import { createGit } from '../../../src-main/git/create-git'
import type { GitTarget } from '../../../src-main/git/transport'
import { startForge } from '../../forge/forge'
import type { Figure } from '../figure'
import { compare, time } from '../samples'

const run = promisify(execFile)
const megabyte = 1024 * 1024

/** A repository with some history: 40 commits of 60 files. */
const history = Array.from({ length: 40 }, (_, commit) => ({
  message: `Change ${commit}`,
  files: Object.fromEntries(
    Array.from({ length: 60 }, (__, file) => [
      `src/part-${file}.txt`,
      `${commit} ${file}\n${'line of text\n'.repeat(200)}`,
    ]),
  ),
}))

/** A test clone beside the same git commands, by HTTPS with a login. */
export const figure: Figure = {
  name: 'clones',
  measure: async ({ env }) => {
    const forge = await startForge({ dialect: 'github' })
    const folder = await mkdtemp(join(tmpdir(), 'bench-clones-'))
    try {
      const repository = await forge.world.createRepository({ owner: 'ada', name: 'app', files: { a: '1' } })
      for (const commit of history) await forge.world.commit(repository, commit)
      const token = forge.personalAccessToken()
      const url = `${forge.address}/ada/app.git`
      const git = createGit({ folder: join(folder, 'app'), gitPath: () => null, credentialHelper: [] })
      const credential = { origin: forge.origin, username: 'x-access-token', password: new Secret(token) }
      const target: GitTarget = { address: requireAddress(url), transport: { kind: 'https', credential } }
      const plain = { ...env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0' }
      // As a careful person does it: a helper that reads the login from a file, and nothing in the address.
      const login = join(folder, 'login')
      await writeFile(login, `username=x-access-token\npassword=${token}\n`, { mode: 0o600 })
      const helper = ['-c', `credential.helper=!f() { cat '${login}'; }; f`]
      const gitDoes = (...args: readonly string[]) => run('git', [...helper, ...args], { env: plain, cwd: folder })

      const quick = await compare(
        9,
        () => time(() => git.listBranches(target)),
        () => time(() => gitDoes('ls-remote', '--symref', url)),
      )
      let bytes = 0
      const shallow = await compare(
        9,
        () =>
          time(async () => {
            const proof = await git.testClone(target, { branch: null, onProgress: () => undefined })
            bytes = Math.max(bytes, proof.bytes ?? 0)
          }),
        async () => {
          const into = join(folder, 'plain')
          const taken = await time(() =>
            gitDoes('clone', '-q', '--filter=tree:0', '--depth=1', '--no-tags', '--no-checkout', url, into),
          )
          await rm(into, { recursive: true })
          return taken
        },
      )
      return [
        { name: 'quick check', unit: 'ms', ...quick, limit: quick.reference + 50, budget: 'git ls-remote + 50 ms' },
        {
          name: 'shallow test',
          unit: 'ms',
          ...shallow,
          limit: shallow.reference * 1.15,
          budget: '1.15 × the same git command',
        },
        { name: 'shallow test on disk', unit: 'MB', ours: bytes / megabyte, reference: 0, limit: 1, budget: '1 MB' },
      ]
    } finally {
      await forge.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
