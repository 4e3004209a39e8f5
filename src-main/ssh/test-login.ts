import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../src-preload/contract/outcome'
import { saidName } from '../../src-preload/contract/plain-text'
import { readSshLog } from './explain-login'
import type { SshLogin } from './ssh-login'

/** What a login without a command showed. */
export interface Greeting {
  /** The host's first lines, without control characters, at most 300 characters; empty when it says nothing. */
  readonly text: string
}

/** Time for the whole login, in ms; connecting alone may take ten seconds of it. */
const patience = 20_000
const longest = 4096

/**
 * Logs in and asks for nothing: git hosts greet and close. Success is that ssh itself notes "Authenticated to", since the
 * exit code belongs to the host. Its notes go to a file of ours, so that nothing the host says can pass for one of them.
 * @throws Failure `publickey-denied`, `host-key-unknown`, `host-key-changed`, `too-many-attempts`, `key-type-refused`,
 * `connection-closed`, `timed-out`, `host-not-found`, `unreachable`, `cancelled`
 */
export const testLogin = async (
  login: SshLogin,
  { user, host, port }: { readonly user: string; readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Greeting> => {
  const notes = join(login.folder, 'log')
  const place = ['-p', String(port), '-l', user, '--', host.replace(/^\[|\]$/g, '')]
  const said = await talk([...login.options, '-E', notes, '-o', 'LogLevel=DEBUG2', '-T', ...place], signal)
  const log = await readFile(notes, 'utf8').catch(() => '')
  const shown = port === 22 ? host : `${host}:${port}`
  if (/^Authenticated to /m.test(log)) return { text: greeting(said.text) }
  if (said.late) throw new Failure('timed-out', { host: shown })
  throw readSshLog(log, shown, login.keyType)
}

interface Said {
  readonly text: string
  /** It was ended because it took too long. */
  readonly late: boolean
}

const talk = (args: readonly string[], signal: AbortSignal): Promise<Said> =>
  new Promise((resolve, reject) => {
    const child = spawn('ssh', [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
      signal,
    })
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill()
    }, patience)
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        if (text.length < longest) text += chunk
      })
    }
    child.once('error', (cause) => {
      clearTimeout(timer)
      reject(signal.aborted ? new Failure('cancelled') : new Failure('unexpected', { where: 'ssh' }, { cause }))
    })
    child.once('close', () => {
      clearTimeout(timer)
      if (signal.aborted) reject(new Failure('cancelled'))
      else resolve({ text, late })
    })
  })

const greeting = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => saidName(line.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, ''), 300).trim())
    .filter((line) => line !== '')
    .slice(0, 3)
    .join(' ')
    .slice(0, 300)
