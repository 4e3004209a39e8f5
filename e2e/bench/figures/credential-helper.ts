import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { electronBinary, hasSandbox, root } from '../../fixtures/electron'
import { startForge } from '../../forge/forge'
import { connect, drive } from '../driven'
import type { Figure } from '../figure'
import { compare, time } from '../samples'

/** What git asks a helper, and what it is told (git-credential(1)). */
const answerOf = async (env: NodeJS.ProcessEnv, program: string, args: readonly string[], question: string) => {
  const child = spawn(program, [...args], { env, stdio: ['pipe', 'pipe', 'ignore'] })
  const answered: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => answered.push(chunk))
  child.stdin.end(question)
  await once(child, 'close')
  const answer = Buffer.concat(answered).toString('utf8')
  if (!answer.includes('password=')) throw new Error(`${program} knew no password`)
}

/** A login for git in the terminal, with the app running and without it, beside git's own helper that reads a file. */
export const figure: Figure = {
  name: 'credential-helper',
  measure: async ({ env, folder }) => {
    const forge = await startForge({ dialect: 'github', repositories: 5 })
    const profile = await folder('credential-helper')
    try {
      const { host, protocol } = new URL(forge.address)
      const question = `protocol=${protocol.slice(0, -1)}\nhost=${host}\n\n`
      const file = join(await folder('credential-store'), 'credentials')
      await writeFile(file, `${protocol}//ada:token@${host.replace(':', '%3a')}\n`, { mode: 0o600 })
      const plain = () => time(() => answerOf(env, 'git', ['credential-store', `--file=${file}`, 'get'], question))
      const args = [...(hasSandbox ? [] : ['--no-sandbox']), root, `--user-data-dir=${profile}`]
      const ours = () =>
        time(() => answerOf(env, electronBinary(), [...args, '--cli', 'git-credential', 'get'], question))

      const { window, close } = await drive(profile, env)
      await connect(window, { provider: 'github', host: forge.address, token: forge.personalAccessToken() })
      const running = await compare(9, ours, plain)
      await close()
      const alone = await compare(9, ours, plain)
      const budget = '1.5 × git credential-store + 250 ms'
      const limit = (reference: number) => 1.5 * reference + 250
      return [
        { name: 'login for git, app running', unit: 'ms', ...running, limit: limit(running.reference), budget },
        { name: 'login for git, app not running', unit: 'ms', ...alone, limit: limit(alone.reference), budget },
      ]
    } finally {
      await forge.close()
    }
  },
}
