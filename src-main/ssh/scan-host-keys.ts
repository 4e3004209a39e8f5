import { execFile } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { Failure } from '../../src-preload/contract/outcome'
import { whyUnreached } from '../network/unreached'
import type { HostKey } from './known-hosts'
import { orCancelled } from './or-cancelled'
import { parsePublicKey } from './public-key'

const run = promisify(execFile)

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

/**
 * The host keys that a server shows, strongest type first. It proves nothing: they have to be compared or confirmed.
 * @throws Failure `connection-closed` when something answers that is no SSH server, `cancelled`
 */
export const scanHostKeys = async (host: string, port: number, signal: AbortSignal): Promise<readonly HostKey[]> => {
  const output = await run(
    'ssh-keyscan',
    ['-T', '8', '-p', String(port), '-t', 'ed25519,ecdsa,rsa', '--', bare(host)],
    {
      signal,
      timeout: 15_000,
      maxBuffer: 1024 * 1024,
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    },
  ).then(
    ({ stdout }) => stdout,
    (cause) => {
      if (signal.aborted) throw new Failure('cancelled')
      throw new Failure('connection-closed', { host: `${host}:${port}` }, { cause })
    },
  )
  const keys = output.split('\n').flatMap((line): HostKey[] => {
    const [, ...key] = line.split(' ')
    if (line.startsWith('#') || key.length < 2) return []
    const { type, blob } = parsePublicKey(key.join(' '))
    return [{ type, blob }]
  })
  if (keys.length === 0) throw new Failure('connection-closed', { host: `${host}:${port}` })
  return [...keys].sort((a, b) => strength(a) - strength(b))
}

const order = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa']
const strength = ({ type }: HostKey) => order.indexOf(type)

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')
