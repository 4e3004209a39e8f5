import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { askGit } from '../../fixtures/terminal'
import { startForge } from '../../forge/forge'
import { consentDialog } from '../../pages/consent'
import { connect, drive } from '../driven'
import type { Figure } from '../figure'
import { compare, time } from '../samples'

/** A login for git in the terminal, with the app running and without it, beside git's own helper that reads a file. */
export const figure: Figure = {
  name: 'credential-helper',
  measure: async ({ env, folder }) => {
    const forge = await startForge({ dialect: 'github', repositories: 5 })
    const profile = await folder('credential-helper')
    try {
      const { host, protocol, origin } = new URL(forge.address)
      const file = join(await folder('credential-store'), 'credentials')
      await writeFile(file, `${protocol}//ada:stored@${host.replace(':', '%3a')}\n`, { mode: 0o600 })
      const name = `credential.${origin}.helper`
      const answers = (password: string, ...settings: readonly string[]) =>
        time(async () => {
          const answer = await askGit(env, forge.address, ...settings)
          if (!answer.includes(`password=${password}`)) throw new Error('git was given no password')
        })
      const token = forge.personalAccessToken()
      const plain = () => answers('stored', `${name}=`, `${name}=store --file=${file}`)
      const ours = () => answers(token)

      const { window, close } = await drive(profile, env)
      await connect(window, { provider: 'github', host: forge.address, token })
      const changing = window.evaluate(() => bridge.settings.change({ useInTerminal: true }))
      await consentDialog(window).agreeing('Use in the terminal', changing)
      // The app tells git by and by.
      let answer = ''
      while (!answer.includes('password=')) answer = await askGit(env, forge.address)
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
