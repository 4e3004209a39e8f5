import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import { askHelpers } from './ask-git'
import type { ImportParts } from './imports'

const run = promisify(execFile)

/** Larger than any such file, in bytes. */
const largest = 1_000_000

/** Where gh, glab and git keep their files (XDG Base Directory Specification; each program's own variable first). */
export const importsOnThisComputer = (
  env: NodeJS.ProcessEnv,
  home: string,
): Pick<ImportParts, 'read' | 'files' | 'askGh' | 'askHelpers'> => {
  const config = env.XDG_CONFIG_HOME || join(home, '.config')
  return {
    files: {
      gh: join(env.GH_CONFIG_DIR || join(config, 'gh'), 'hosts.yml'),
      glab: join(env.GLAB_CONFIG_DIR || join(config, 'glab-cli'), 'config.yml'),
      git: [join(home, '.git-credentials'), join(config, 'git', 'credentials')],
    },
    read: async (file) => {
      try {
        if ((await stat(file)).size > largest) throw new Failure('storage-failed', { path: file, reason: 'too-large' })
        return await readFile(file, 'utf8')
      } catch (error) {
        if (error instanceof Failure) throw error
        const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
        if (reason === 'ENOENT' || reason === 'ENOTDIR') return null
        throw new Failure('storage-failed', { path: file, reason }, { cause: error })
      }
    },
    askHelpers: (origins) => askHelpers(env, home, origins),
    askGh: async (host, login) => {
      // Older releases know no --user and keep one account a host.
      const ask = (more: readonly string[]) =>
        run('gh', ['auth', 'token', '--hostname', host, ...more], { env, timeout: 10_000 })
      const { stdout } = await ask(['--user', login]).catch(() => ask([]).catch(() => ({ stdout: '' })))
      return stdout.trim() === '' ? null : new Secret(stdout.trim())
    },
  }
}
