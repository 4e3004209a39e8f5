import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Secret } from '../../credentials/secret'
import { readAttributes } from '../../git/credential-attributes'
import { isOurs } from '../../git/credential-setting'
import type { StoredLogin } from './stored-logins'

/** Time that git and its helper may take for one answer, in ms. */
const patience = 5000
/** Longest answer, in bytes. */
const largest = 65_536
/** Addresses asked about, at most. */
const most = 20

const git = async (env: NodeJS.ProcessEnv, cwd: string, args: readonly string[], input = ''): Promise<string> => {
  const child = spawn('git', [...args], { env, cwd, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true })
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  let output = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (more: string) => {
    output += more
    if (output.length > largest) child.kill('SIGKILL')
  })
  // A git that is not there, or has left already.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  try {
    const [code] = await once(child, 'close')
    return code === 0 ? output : ''
  } catch {
    return ''
  } finally {
    clearTimeout(timer)
  }
}

interface Configured {
  /** Whether any helper besides this app answers. */
  readonly helped: boolean
  /** Addresses that the configuration names. */
  readonly origins: readonly string[]
  /** Those for which this app answers. */
  readonly own: ReadonlySet<string>
}

const originOf = (address: string): string | null => {
  try {
    const { protocol, origin } = new URL(address)
    return protocol === 'https:' || protocol === 'http:' ? origin : null
  } catch {
    return null
  }
}

/** What git's configuration says of helpers: `credential.helper` and `credential.<url>.*` (gitcredentials(7)). */
export const readConfigured = (listing: string): Configured => {
  const origins = new Set<string>()
  const own = new Set<string>()
  let helped = false
  for (const entry of listing.split('\0')) {
    const [key = '', value = ''] = entry.split('\n')
    const [, address] = /^credential\.(.+)\.\w+$/.exec(key) ?? []
    const origin = address === undefined ? null : originOf(address)
    if (origin !== null) origins.add(origin)
    if (!key.endsWith('.helper') || value === '') continue
    // What this app's own helpers know is connected already.
    if (!isOurs(value)) helped = true
    else if (origin !== null) own.add(origin)
  }
  return { helped, origins: [...origins], own }
}

const readAnswer = (origin: string, answer: string): readonly StoredLogin[] => {
  const values = readAttributes(answer) ?? new Map<string, string>()
  const password = values.get('password') ?? ''
  if (password === '') return []
  return [{ source: 'git-helper', host: origin, login: values.get('username') ?? '', token: new Secret(password) }]
}

/**
 * Asks the helpers that the person's git has, such as Git Credential Manager, through `git credential fill`. They are told
 * to ask nobody: what would need a question has no answer.
 */
export const askHelpers = async (
  inherited: NodeJS.ProcessEnv,
  home: string,
  presets: readonly string[],
): Promise<readonly StoredLogin[]> => {
  const env = { ...inherited, GIT_TERMINAL_PROMPT: '0', GCM_INTERACTIVE: 'never', GIT_ASKPASS: '', SSH_ASKPASS: '' }
  const { helped, origins, own } = readConfigured(
    await git(env, home, ['config', '--null', '--get-regexp', '^credential\\.']),
  )
  if (!helped) return []
  const asked = [...new Set([...origins, ...presets])].filter((origin) => !own.has(origin)).slice(0, most)
  const silent = ['-c', 'core.askPass=', '-c', 'credential.interactive=false']
  const answers = await Promise.all(
    asked.map(async (origin) => {
      const { protocol, host } = new URL(origin)
      const question = `protocol=${protocol.slice(0, -1)}\nhost=${host}\n\n`
      return readAnswer(origin, await git(env, home, [...silent, 'credential', 'fill'], question))
    }),
  )
  return answers.flat()
}
