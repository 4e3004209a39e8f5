import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startForge } from '../../forge/forge'
import { connect, drive } from '../driven'
import type { Figure } from '../figure'
import { compare, time } from '../samples'

/** Asks git for a login, as `git fetch` does (git-credential(1)). @param settings of this one question */
const ask = async (env: NodeJS.ProcessEnv, question: string, ...settings: readonly string[]) => {
  const options = settings.flatMap((setting) => ['-c', setting])
  const child = spawn('git', [...options, 'credential', 'fill'], {
    env: { ...env, GIT_TERMINAL_PROMPT: '0' },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const answered: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => answered.push(chunk))
  child.stdin.end(question)
  await once(child, 'close')
  return Buffer.concat(answered).toString('utf8')
}

/** A login for git in the terminal, with the app running and without it, beside git's own helper that reads a file. */
export const figure: Figure = {
  name: 'credential-helper',
  measure: async ({ env, folder }) => {
    const forge = await startForge({ dialect: 'github', repositories: 5 })
    const profile = await folder('credential-helper')
    try {
      const { host, protocol, origin } = new URL(forge.address)
      const question = `protocol=${protocol.slice(0, -1)}\nhost=${host}\n\n`
      const file = join(await folder('credential-store'), 'credentials')
      await writeFile(file, `${protocol}//ada:stored@${host.replace(':', '%3a')}\n`, { mode: 0o600 })
      const name = `credential.${origin}.helper`
      const answers = (password: string, ...settings: readonly string[]) =>
        time(async () => {
          const answer = await ask(env, question, ...settings)
          if (!answer.includes(`password=${password}`)) throw new Error('git was given no password')
        })
      const token = forge.personalAccessToken()
      const plain = () => answers('stored', `${name}=`, `${name}=store --file=${file}`)
      const ours = () => answers(token)

      const { window, close } = await drive(profile, env)
      await connect(window, { provider: 'github', host: forge.address, token })
      await window.evaluate(() => bridge.settings.change({ useInTerminal: true }))
      // The app tells git by and by.
      let answer = ''
      while (!answer.includes('password=')) answer = await ask(env, question)
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
