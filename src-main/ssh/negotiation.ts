import { Failure } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'

/** The lists in which two sides of SSH look for something that both have (RFC 4253 section 7.1). */
export type Negotiated = 'kex' | 'host-key' | 'cipher' | 'mac' | 'compression'

/** What ssh2 calls a list in its notes, and ssh(1) in its complaint. */
const names: Readonly<Record<string, Negotiated>> = {
  'KEX method': 'kex',
  'Host key format': 'host-key',
  cipher: 'cipher',
  MAC: 'mac',
  compression: 'compression',
  'key exchange method': 'kex',
  'host key type': 'host-key',
  'compression method': 'compression',
}

/** Where ssh(1) writes its own lists down (LogLevel DEBUG2). */
const proposals: Readonly<Record<Negotiated, RegExp>> = {
  kex: /KEX algorithms: (\S*)/,
  'host-key': /host key algorithms: (\S*)/,
  cipher: /ciphers ctos: (\S*)/,
  mac: /MACs ctos: (\S*)/,
  compression: /compression ctos: (\S*)/,
}

/** A list without the marks in it that are no algorithms (RFC 8308 section 2.1, OpenSSH's PROTOCOL section 1.10). */
const algorithms = (list: string): string =>
  list
    .split(',')
    .filter((name) => !/^(?:ext-info-[cs]|kex-strict-[cs]-v00@openssh\.com)$/.test(name))
    .join(', ')

const nothingInCommon = (host: string, what: Negotiated, ours: string, theirs: string): Failure =>
  new Failure('no-common-algorithm', { host, what, ours: algorithms(ours), theirs: algorithms(theirs) })

/** The notes that ssh2 makes of a negotiation: the lists that it compared last are those with nothing in common. */
export interface NegotiationNotes {
  note(line: string): void
  failure(host: string): Failure | null
}

/** Collects them. */
export const negotiationNotes = (): NegotiationNotes => {
  let last: { readonly name: string; readonly local: string; readonly remote: string } | null = null
  return {
    note: (line) => {
      const [, side, name = '', list = ''] =
        /^Handshake: \((local|remote)\) (?:C->S |S->C )?([^:]+): (.*)$/.exec(line) ?? []
      if (side === 'local') last = { name, local: list, remote: '' }
      else if (side === 'remote' && last?.name === name) last = { ...last, remote: list }
    },
    failure: (host) => {
      const what = last === null ? undefined : ownOf(names, last.name)
      return last === null || what === undefined ? null : nothingInCommon(host, what, last.local, last.remote)
    },
  }
}

/** Reads the same in what ssh(1) says, or null. Its own list stands there only with `LogLevel=DEBUG2`. */
export const readNegotiation = (log: string, host: string): Failure | null => {
  const [, name = '', theirs = ''] = /no matching ([A-Za-z ]+) found\. Their offer: (\S*)/.exec(log) ?? []
  const what = ownOf(names, name)
  if (what === undefined) return null
  const own = log.slice(Math.max(0, log.indexOf('local client KEXINIT proposal')))
  return nothingInCommon(host, what, proposals[what].exec(own)?.[1] ?? '', theirs)
}
