import type { AuthenticationType, AuthHandlerMiddleware, ConnectConfig } from 'ssh2'
import { Failure } from '../../src-preload/contract/outcome'
import type { Secret } from '../credentials/secret'
import { acceptedKeyNotes } from './accepted-key'
import { type Certificate, parseCertificate } from './certificate'
import { certifiedAgent, signByKeyType } from './certified-login'
import { explainSession } from './explain-session'
import { fingerprint } from './fingerprint'
import { type HostKey, type HostKeyVerdict, parseKnownHosts } from './known-hosts'
import { negotiationNotes } from './negotiation'
import { oneKeyAgent } from './one-key-agent'
import { typeOf } from './public-key'
import { sessionOf } from './session-channel'
import type { LoginKey } from './ssh-login'

/** Where to log in. */
export interface SshPlace {
  readonly host: string
  readonly port: number
  readonly user: string
}

/** A key of ours or of the agent, or a password that is used for this login only. */
export type SshWay = LoginKey | { readonly kind: 'password'; readonly password: Secret }

/** What is known of the host before it is spoken to. */
export interface SshTrust {
  judge(shown: HostKey): HostKeyVerdict
  /** known_hosts lines of the host; the types in them are asked for first, so that a known key is the one shown. */
  readonly known: string
  /** Further types to ask for first. */
  readonly types?: readonly string[]
}

/** What a command came to. */
export interface ExecResult {
  /** Exit status, or null when a signal ended it. */
  readonly code: number | null
  readonly stdout: Buffer
  /** At most the first 64 kB. */
  readonly stderr: string
}

export interface ExecOptions {
  /** Standard input; it is closed after it. */
  readonly input?: string | Uint8Array
  /** Gets standard output as it comes; it is then not kept. */
  readonly onOutput?: (chunk: Buffer) => void
  /** Time it may take, in ms. Default one minute; null for as long as it wants. */
  readonly timeout?: number | null
  readonly signal?: AbortSignal
  /** Most bytes that are kept of standard output. Default 16 MB. */
  readonly maxOutput?: number
  /** Whoever asks knows other connections, and does not wait for a channel of this one. */
  readonly mayBeRefused?: boolean
  /**
   * Whether this is all that the command had to say. Once it has ended, the channel is then left, though a program that
   * it or a start-up file of the shell left running may still hold it open.
   */
  readonly isWhole?: (stdout: Buffer, code: number | null, stderr: string) => boolean
}

/** A login on a server, for many commands. */
export interface SshSession {
  /**
   * Runs a command. It is given to the user's shell as it stands, so it has to be one of our own fixed texts; data goes
   * through `input`. A status other than 0 is a result, not an error.
   * @throws Failure `connection-closed`, `timed-out`, `cancelled`, `bad-answer` (too much output), `shell-refused`
   * Where the server gives this connection no further channel, it waits until another one has ended.
   * @throws ChannelRefused instead, where `mayBeRefused` says so
   */
  exec(command: string, options?: ExecOptions): Promise<ExecResult>
  /** Resolves when the connection has ended, for whatever reason. */
  readonly ended: Promise<void>
  readonly alive: () => boolean
  close(): void
  /** Closes it without a word to the server, which may be one that does not answer any more. */
  destroy(): void
}

const second = 1000

/** Types of host keys, strongest first (RFC 8709, RFC 5656, RFC 8332). */
const hostKeyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const

const preferred = ({ known, types: more = [] }: SshTrust): string[] => {
  const own = parseKnownHosts(known).filter(({ marker }) => marker === null)
  const types = new Set([...own.map(({ type }) => type), ...more])
  const fits = (algorithm: string) => types.has(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm)
  return [...hostKeyTypes.filter(fits), ...hostKeyTypes.filter((algorithm) => !fits(algorithm))]
}

const refusal = (verdict: HostKeyVerdict, { type, blob }: HostKey, host: string): Failure | null => {
  const shown = { host, type, fingerprint: fingerprint(blob) }
  switch (verdict.kind) {
    case 'known':
      return null
    case 'unknown':
      return new Failure('host-key-unknown', shown)
    case 'changed':
      return new Failure('host-key-changed', { host, shown: shown.fingerprint })
    case 'refused': {
      const { kind: _, ...why } = verdict
      return new Failure('host-key-refused', { host, ...why })
    }
  }
}

const certificateOf = (way: SshWay): Certificate | null =>
  way.kind === 'password' || way.certificate === undefined ? null : parseCertificate(way.certificate)

/** What the login itself takes from the configuration of the library. */
const credentials = async (way: SshWay, certificate: Certificate | null): Promise<ConnectConfig> => {
  if (certificate !== null && way.kind !== 'password') return { agent: await certifiedAgent(way, certificate) }
  switch (way.kind) {
    case 'private':
      return { privateKey: way.privateKey.reveal() }
    case 'agent':
      return { agent: await oneKeyAgent(way.socket, way.publicKey) }
    case 'password':
      return { password: way.password.reveal(), tryKeyboard: true }
  }
}

/** ssh2 ends a login that has no more methods when it gets `false`, which its types do not say. */
type NextMethod = (method: AuthenticationType | false) => void

const methodsOf = {
  private: ['publickey'],
  agent: ['agent'],
  password: ['password', 'keyboard-interactive'],
} as const satisfies Record<SshWay['kind'], readonly AuthenticationType[]>

/**
 * Offers each of our methods once. A server that takes one and wants more says which (RFC 4252 section 5.1, partial
 * success): we have no more.
 */
const offer = (
  way: SshWay['kind'],
  wanted: (methods: readonly string[]) => void,
): ((methods: readonly string[] | null, partly: boolean | null, next: NextMethod) => void) => {
  const left = [...methodsOf[way]]
  return (methods, partly, next) => {
    if (partly === true) {
      wanted(methods ?? [])
      return next(false)
    }
    next(left.shift() ?? false)
  }
}

/**
 * Logs in. Nothing of the person's own ssh configuration is read; the host key is judged before anything is sent.
 * @param options.timeout for the whole login, in ms
 * @throws Failure `host-not-found`, `unreachable`, `timed-out`, `connection-closed`, `host-key-unknown`,
 * `host-key-changed`, `host-key-refused`, `no-common-algorithm`, `publickey-denied`, `access-denied` (password),
 * `second-factor-needed`, `cancelled`
 */
export const openSession = async (
  place: SshPlace,
  way: SshWay,
  trust: SshTrust,
  options: { readonly signal?: AbortSignal; readonly timeout?: number } = {},
): Promise<SshSession> => {
  const { signal, timeout = 15 * second } = options
  const { host, port, user } = place
  if (signal?.aborted) throw new Failure('cancelled')
  // Loaded when first needed: it would delay the window.
  const { Client: SshClient } = (await import('ssh2')).default
  const certificate = certificateOf(way)
  const config = await credentials(way, certificate)
  const client = new SshClient()
  return new Promise((resolve, reject) => {
    let refused: Failure | null = null
    const negotiation = negotiationNotes()
    const accepted = acceptedKeyNotes()
    let more: readonly string[] | null = null
    const give = (failure: Failure) => {
      signal?.removeEventListener('abort', cancel)
      client.end()
      client.destroy()
      reject(failure)
    }
    const cancel = () => give(new Failure('cancelled'))
    signal?.addEventListener('abort', cancel, { once: true })
    const explain = (cause: Error & { readonly level?: string }): Failure => {
      const methods = more ?? accepted.more()
      if (cause.level === 'client-authentication' && methods !== null) {
        return new Failure('second-factor-needed', { host: `${host}:${port}`, user, methods: methods.join(', ') })
      }
      const differs = cause.level === 'handshake' && /no matching/.test(cause.message)
      return (differs ? negotiation.failure(`${host}:${port}`) : null) ?? explainSession(cause, place, way.kind)
    }
    client.on('error', (cause) => give(refused ?? explain(cause)))
    client.once('close', () => give(refused ?? new Failure('connection-closed', { host: `${host}:${port}` })))
    if (way.kind === 'password') {
      // Servers that ask instead of taking a password ask for just that (RFC 4256 section 3.1).
      client.on('keyboard-interactive', (_name, _instructions, _language, prompts, finish) =>
        finish(prompts.map(() => way.password.reveal())),
      )
    }
    client.once('ready', () => {
      signal?.removeEventListener('abort', cancel)
      resolve(sessionOf(client, place))
    })
    try {
      client.connect({
        host: host.replace(/^\[|\]$/g, ''),
        port,
        username: user,
        ...config,
        authHandler: offer(certificate === null ? way.kind : 'agent', (methods) => {
          more = methods
        }) as AuthHandlerMiddleware,
        debug: (line) => {
          negotiation.note(line)
          accepted.note(line)
        },
        readyTimeout: timeout,
        keepaliveInterval: 15 * second,
        keepaliveCountMax: 2,
        algorithms: { serverHostKey: preferred(trust) as never },
        hostVerifier: (blob: Buffer) => {
          const shown = { type: typeOf(blob), blob }
          refused = refusal(trust.judge(shown), shown, host)
          return refused === null
        },
      })
      if (certificate !== null) signByKeyType(client)
    } catch (cause) {
      give(new Failure('key-unreadable', { reason: 'format' }, { cause }))
    }
  })
}
