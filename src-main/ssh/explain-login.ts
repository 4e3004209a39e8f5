import { Failure } from '../../src-preload/contract/outcome'
import { whySaid } from '../network/unreached'
import { readNegotiation } from './negotiation'

/** What ssh's own notes mean; the first row that fits decides, because later lines are consequences. */
const readings: readonly (readonly [RegExp, ConstructorParameters<typeof Failure>[0]])[] = [
  [/REVOKED HOST KEY|was revoked and you have requested/i, 'host-key-refused'],
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|^Offending .* key/im, 'host-key-changed'],
  [/Host key verification failed|No .* host key is known/i, 'host-key-unknown'],
  [/Too many authentication failures/i, 'too-many-attempts'],
  [/no mutual signature/i, 'key-type-refused'],
  [/Permission denied \(/i, 'publickey-denied'],
  [/Connection timed out|Operation timed out|timed out during banner|Timeout, server .* not responding/i, 'timed-out'],
  [/Could not resolve hostname/i, 'host-not-found'],
  [/Connection refused|No route to host|Network is unreachable/i, 'unreachable'],
]

/** Signature algorithms by which a key of a type logs in (RFC 8332 section 3). */
const algorithmsOf = (type: string): readonly string[] =>
  type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [type]

/** Whether the server said which algorithms it takes (RFC 8308 section 3.1), and none of the key's is among them. */
const refusesType = (log: string, type: string): boolean => {
  const taken = /server-sig-algs=<([^>]*)>/.exec(log)?.[1]?.split(',')
  return taken !== undefined && !algorithmsOf(type).some((algorithm) => taken.includes(algorithm))
}

/**
 * Reads the notes that ssh(1) made about a login that did not come about.
 * @param host as it is shown to people
 * @param type of the key that was offered
 */
export const readSshLog = (log: string, host: string, type: string): Failure => {
  const negotiation = readNegotiation(log, host)
  if (negotiation !== null) return negotiation
  const code = readings.find(([pattern]) => pattern.test(log))?.[1] ?? 'connection-closed'
  if (code === 'unreachable') return new Failure(code, { host, ...whySaid(log) })
  if (code !== 'publickey-denied') return new Failure(code, { host })
  if (/^Authenticated using "\S+" with partial success/m.test(log)) {
    const [, left = ''] = /Permission denied \(([^)]*)\)/i.exec(log) ?? []
    return new Failure('second-factor-needed', { host, methods: left.split(',').join(', ') })
  }
  if (refusesType(log, type)) return new Failure('key-type-refused', { host, type })
  const methods = /Permission denied \(([^)]*)\)/i.exec(log)?.[1]?.split(',') ?? []
  return new Failure(code, { host, ...(methods.includes('publickey') ? {} : { why: 'no-keys' }) })
}
