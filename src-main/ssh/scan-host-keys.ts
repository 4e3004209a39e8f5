import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import { Failure } from '../../src-preload/contract/outcome'
import { whyUnreached } from '../network/unreached'
import { explainSession } from './explain-session'
import { keyscan } from './keyscan'
import type { HostKey } from './known-hosts'
import { negotiationNotes } from './negotiation'
import { orCancelled } from './or-cancelled'
import { parsePublicKey, typeOf } from './public-key'

/** Finds the address of a host; a question to a name server can't be taken back, but left. @throws Failure `host-not-found`, `cancelled` */
export const resolveHost = (host: string, signal: AbortSignal): Promise<string> =>
  orCancelled(
    lookup(bare(host)).then(
      ({ address }) => address,
      (cause) => {
        throw new Failure('host-not-found', { host }, { cause })
      },
    ),
    signal,
  )

/** Opens and closes a TCP connection. @param milliseconds time limit. @throws Failure `unreachable`, `timed-out`, `cancelled` */
export const reachPort = (host: string, port: number, milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: bare(host), port, signal })
    socket.setTimeout(milliseconds, () => socket.destroy(new Failure('timed-out', { host: `${host}:${port}` })))
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause instanceof Failure) reject(cause)
      else if (signal.aborted) reject(new Failure('cancelled'))
      else {
        const error = cause.code ?? ''
        reject(new Failure('unreachable', { host: `${host}:${port}`, error, ...whyUnreached(error) }, { cause }))
      }
    })
  })

/** What a server chooses a host key from; each is asked for on a connection of its own. */
const asked = [
  ['ssh-ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
] as const
type Algorithms = readonly (typeof asked)[number][number][]

const scanLimitMs = 8000

/** A key that will do, so that no other is asked for. */
export interface Expected {
  readonly types: readonly string[]
  readonly isKnown: (shown: HostKey) => boolean
}

const familyOf = (type: string) => asked.find((family) => family.some((name) => name === type))

/** The key that is expected, in one connection: servers count those that end before a login (PerSourcePenalties). */
const expectedKey = async (host: string, port: number, { types, isKnown }: Expected, signal: AbortSignal) => {
  const families = new Set(types.map(familyOf))
  const algorithms = asked.filter((family) => families.has(family)).flat()
  if (algorithms.length === 0) return null
  const key = await shownKey(host, port, algorithms, signal).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'no-common-algorithm') return null
    throw error
  })
  return key !== null && isKnown(key) ? key : null
}

/**
 * The host keys that a server shows, strongest type first, or the expected one alone. It proves nothing: they have to be
 * compared or confirmed.
 * The connection ends before anybody logs in.
 * @throws Failure why no key was shown: `connection-closed` when something answers that is no SSH server,
 * `no-common-algorithm`, `timed-out`, `unreachable`, `host-not-found`, `cancelled`
 */
export const scanHostKeys = async (
  host: string,
  port: number,
  signal: AbortSignal,
  expected: Expected = { types: [], isKnown: () => false },
): Promise<readonly HostKey[]> => {
  const known = await expectedKey(host, port, expected, signal)
  if (known !== null) return [known]
  const scans = await Promise.allSettled(asked.map((algorithms) => shownKey(host, port, algorithms, signal)))
  if (signal.aborted) throw new Failure('cancelled')
  const keys = scans.flatMap((scan) => (scan.status === 'fulfilled' ? [scan.value] : []))
  if (keys.length > 0) return keys
  const failures = scans.flatMap((scan) => (scan.status === 'rejected' ? [scan.reason as Failure] : []))
  const other = failures.find(({ facts }) => facts.what !== 'host-key')
  // OpenSSH knows key exchanges that the library does not.
  if (other?.code === 'no-common-algorithm') return scanByOpenSsh(host, port, signal, other)
  const [first] = failures
  throw other ?? new Failure('no-common-algorithm', { ...first?.facts, ours: asked.flat().join(', ') })
}

/** One key, of the first of these algorithms that the server has. */
const shownKey = async (host: string, port: number, algorithms: Algorithms, signal: AbortSignal): Promise<HostKey> => {
  const { Client } = (await import('ssh2')).default
  const client = new Client()
  const notes = negotiationNotes()
  const shown = new Promise<HostKey>((resolve, reject) => {
    const fail = (cause: Error & { readonly level?: string }) => {
      const place = { host, port, user: '' }
      const differs = cause.level === 'handshake' && /no matching/.test(cause.message)
      reject((differs ? notes.failure(`${host}:${port}`) : null) ?? explainSession(cause, place, 'private'))
    }
    client.on('error', fail).once('close', () => fail(new Error('The connection was closed')))
    client.connect({
      host: bare(host),
      port,
      username: 'nobody',
      readyTimeout: scanLimitMs,
      algorithms: { serverHostKey: [...algorithms] },
      debug: notes.note,
      hostVerifier: (blob: Buffer) => {
        resolve({ type: typeOf(blob), blob })
        return false
      },
    })
  })
  try {
    return await orCancelled(shown, signal)
  } finally {
    client.destroy()
  }
}

/** By ssh-keyscan(1). @param otherwise why there is no key, when it finds none either */
const scanByOpenSsh = async (
  host: string,
  port: number,
  signal: AbortSignal,
  otherwise: Failure,
): Promise<readonly HostKey[]> => {
  const keys = (await keyscan(bare(host), port, 'keys', signal)).map(parsePublicKey)
  if (keys.length === 0) throw otherwise
  return keys.map(({ type, blob }) => ({ type, blob })).sort((a, b) => strength(a) - strength(b))
}

const order = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa']
const strength = ({ type }: HostKey) => order.indexOf(type)

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')
