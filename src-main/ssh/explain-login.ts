import { Failure } from '../../src-preload/contract/outcome'

/** What ssh's own notes mean; the first row that fits decides, because later lines are consequences. */
const readings: readonly (readonly [RegExp, ConstructorParameters<typeof Failure>[0]])[] = [
  [/REVOKED HOST KEY|was revoked and you have requested/i, 'host-key-refused'],
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|Offending .* key/i, 'host-key-changed'],
  [/Host key verification failed|No .* host key is known/i, 'host-key-unknown'],
  [/Too many authentication failures/i, 'too-many-attempts'],
  [/no mutual signature|no matching (?:host )?key/i, 'key-type-refused'],
  [/Permission denied \(/i, 'publickey-denied'],
  [/Connection timed out|Operation timed out|timed out during banner|Timeout, server .* not responding/i, 'timed-out'],
  [/Could not resolve hostname/i, 'host-not-found'],
  [/Connection refused|No route to host|Network is unreachable/i, 'unreachable'],
]

/** Reads the notes that ssh(1) made about a login that did not come about. @param host as it is shown to people */
export const readSshLog = (log: string, host: string): Failure =>
  new Failure(readings.find(([pattern]) => pattern.test(log))?.[1] ?? 'connection-closed', { host })
