import { spawn } from 'node:child_process'
import { Failure } from '../../src-preload/contract/outcome'
import type { SshLogin } from './ssh-login'

/** What a login without a command showed. */
export interface Greeting {
  /** The host's first lines, without control characters, at most 300 characters; empty when it says nothing. */
  readonly text: string
}

/**
 * Logs in and asks for nothing: git hosts greet and close. Success is that ssh itself says "Authenticated to", since the
 * exit code belongs to the host.
 * @throws Failure `publickey-denied`, `host-key-unknown`, `too-many-attempts`, `key-type-refused`, `connection-closed`,
 * `timed-out`, `cancelled`
 */
export const testLogin = (
  login: SshLogin,
  { user, host, port }: { readonly user: string; readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Greeting> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      'ssh',
      [
        ...login.options,
        '-o',
        'LogLevel=VERBOSE',
        '-T',
        '-p',
        String(port),
        '-l',
        user,
        '--',
        host.replace(/^\[|\]$/g, ''),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, LANG: 'C.UTF-8' }, signal, timeout: 20_000 },
    )
    let out = ''
    let log = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (out.length < 4096) out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (log.length < 65_536) log += text
    })
    child.once('error', (cause) =>
      reject(signal.aborted ? new Failure('cancelled') : new Failure('unexpected', { where: 'ssh' }, { cause })),
    )
    child.once('close', () => {
      if (signal.aborted) return reject(new Failure('cancelled'))
      if (/^Authenticated to /m.test(log)) return resolve({ text: greeting(out, log) })
      reject(explainLogin(log, `${host}:${port}`))
    })
  })

/** Lines that ssh itself writes at this log level, as against those of the host. */
const own =
  /^(Authenticated to|Transferred:|Bytes per second:|Warning: Permanently|Connection to .* closed|debug\d|OpenSSH_|client_|Received disconnect|Disconnected from|PTY allocation|Agent pid)/

const greeting = (out: string, log: string): string =>
  [...out.split(/\r?\n/), ...log.split(/\r?\n/).filter((line) => !own.test(line))]
    .map((line) =>
      line
        .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')
        .replace(/[\p{Cc}\p{Cf}]/gu, '')
        .trim(),
    )
    .filter((line) => line !== '')
    .slice(0, 3)
    .join(' ')
    .slice(0, 300)

/** What ssh's own words mean; the first row that fits decides. */
const readings: readonly (readonly [RegExp, ConstructorParameters<typeof Failure>[0]])[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|Offending .* key/i, 'host-key-changed'],
  [/Host key verification failed|No .* host key is known/i, 'host-key-unknown'],
  [/Too many authentication failures/i, 'too-many-attempts'],
  [/no mutual signature (supported|algorithm)|no matching (host )?key/i, 'key-type-refused'],
  [/Permission denied/i, 'publickey-denied'],
  [/Connection timed out|Operation timed out|timed out during banner/i, 'timed-out'],
  [/Could not resolve hostname/i, 'host-not-found'],
  [/Connection refused|No route to host|Network is unreachable/i, 'unreachable'],
  [/Connection (closed|reset)|kex_exchange_identification|Broken pipe|stdio forwarding failed/i, 'connection-closed'],
]

/** Reads ssh's own messages as a failure. */
export const explainLogin = (log: string, host: string): Failure =>
  new Failure(readings.find(([pattern]) => pattern.test(log))?.[1] ?? 'connection-closed', { host })
