import { Failure } from '../../../src-preload/contract/outcome'
import { fingerprint } from '../../ssh/fingerprint'
import { type HostKey, type HostKeyVerdict, hostName, parseKnownHosts } from '../../ssh/known-hosts'
import type { scanHostKeys } from '../../ssh/scan-host-keys'
import type { SshTrust } from '../../ssh/session'
import { type CertifiedKey, verifyHostCertificate } from '../../ssh/verify-host-certificate'
import { changedKey, type HostKeyBook, shownHost } from './host-key-book'

/** What a host's certificates come to: the key that an authority of the book vouches for, or why its word does not count. */
interface Certified {
  readonly vouched: CertifiedKey | null
  readonly refused: Failure | null
}

/**
 * An authority's word counts for a key that the book does not know, and never for one that was withdrawn. A key that the
 * book knows needs none, as for ssh.
 */
const judgeWith = ({ vouched, refused }: Certified, { blob }: HostKey, verdict: HostKeyVerdict): HostKeyVerdict => {
  if (verdict.kind === 'refused' || verdict.kind === 'known') return verdict
  if (vouched?.blob.equals(blob) === true) return { kind: 'known' }
  return refused === null ? verdict : { kind: 'refused', reason: 'certificate', why: refused.facts.why ?? '' }
}

/** What a host showed: a key that is trusted, or one that a person has to compare first. */
export type Shown =
  | { readonly kind: 'known'; readonly hostKey: HostKey }
  | { readonly kind: 'unknown'; readonly hostKey: HostKey; readonly published: string | null }

/** Keys that hosts showed and that nobody has confirmed yet. */
const mostShown = 50

/** A key that was shown and that a person may confirm. */
export interface ShownKey {
  readonly host: string
  readonly port: number
  readonly type: string
  readonly fingerprint: string
  /** Fingerprint of the key that the host publishes, or null. */
  readonly published: string | null
}

/** Looks at the keys of hosts and remembers what was shown, so that a person confirms that very key and no other. */
export interface HostLook {
  /**
   * What the host shows now, judged by the book. The first key that the book knows decides; nothing weaker is asked about.
   * @throws Failure `host-key-changed` (`shown`, `known`), `host-key-refused`, or why the host can't be asked
   */
  look(host: string, port: number, signal: AbortSignal): Promise<Shown>
  /** What to hold a host's key against when logging in: the book, and what its authorities vouch for now. */
  trust(host: string, port: number, signal: AbortSignal): Promise<SshTrust>
  /** The same, where only a known key will do. @throws Failure also `host-key-unknown` with what there is to compare */
  require(host: string, port: number, signal: AbortSignal): Promise<HostKey>
  /**
   * A key that was shown, to be compared. One that was shown in an earlier run is looked at again.
   * @throws Failure `conflict` when the host does not show it (any more), or why it can't be asked
   */
  shown(host: string, port: number, print: string, signal: AbortSignal): Promise<ShownKey>
  /**
   * Trusts a key that was shown. One that was shown in an earlier run is looked at again.
   * @throws Failure `conflict` when the host does not show it (any more), or why it can't be asked
   */
  confirm(host: string, port: number, print: string, signal: AbortSignal): Promise<void>
}

/**
 * @param scan the keys that a server shows, strongest type first
 * @param verify holds the host's certificate against lines of authorities; see `verifyHostCertificate`
 */
export const createHostLook = (
  book: HostKeyBook,
  scan: typeof scanHostKeys,
  verify: typeof verifyHostCertificate = verifyHostCertificate,
): HostLook => {
  /** Without an authority for the host, nothing is asked. */
  const certified = async (host: string, port: number, signal: AbortSignal): Promise<Certified> => {
    const lines = book.authoritiesFor(host, port)
    if (lines === '') return { vouched: null, refused: null }
    return verify(host, port, lines, signal).then(
      (vouched) => ({ vouched, refused: null }),
      (error: unknown) => {
        if (error instanceof Failure && error.code === 'host-key-refused') return { vouched: null, refused: error }
        throw error
      },
    )
  }
  const typesOf = (host: string, port: number, { vouched }: Certified): readonly string[] => [
    ...parseKnownHosts(book.linesFor(host, port)).flatMap(({ marker, type }) => (marker === null ? [type] : [])),
    ...(vouched === null ? [] : [vouched.type]),
  ]
  const shownKeys = new Map<string, HostKey>()
  const nameOf = (host: string, port: number, print: string) => `${hostName(host, port)} ${print}`

  const look: HostLook['look'] = async (host, port, signal) => {
    const word = await certified(host, port, signal)
    const judge = (hostKey: HostKey) => judgeWith(word, hostKey, book.judge(host, port, hostKey))
    const expected = { types: typesOf(host, port, word), isKnown: (key: HostKey) => judge(key).kind === 'known' }
    const shown = await scan(host, port, signal, expected)
    const verdicts = shown.map((hostKey) => ({ hostKey, verdict: judge(hostKey) }))
    const known = verdicts.find(({ verdict }) => verdict.kind === 'known')
    if (known !== undefined) return { kind: 'known', hostKey: known.hostKey }
    for (const { hostKey, verdict } of verdicts) {
      if (verdict.kind === 'changed') throw changedKey(host, port, hostKey, verdict.known)
    }
    const unknown = verdicts.find(({ verdict }) => verdict.kind === 'unknown')
    if (unknown === undefined) {
      const refused = verdicts.find(({ verdict }) => verdict.kind === 'refused')?.verdict
      const { kind: _, ...why } = refused?.kind === 'refused' ? refused : { kind: 'refused' as const, reason: '' }
      throw new Failure('host-key-refused', { host: shownHost(host, port), ...why })
    }
    const { hostKey } = unknown
    shownKeys.set(nameOf(host, port, fingerprint(hostKey.blob)), hostKey)
    for (const oldest of [...shownKeys.keys()].slice(0, -mostShown)) shownKeys.delete(oldest)
    return { kind: 'unknown', hostKey, published: book.publishedFor(host, port, hostKey) }
  }

  const remembered = async (host: string, port: number, print: string, signal: AbortSignal): Promise<HostKey> => {
    if (!shownKeys.has(nameOf(host, port, print))) await look(host, port, signal)
    const key = shownKeys.get(nameOf(host, port, print))
    if (key === undefined) throw new Failure('conflict', { what: 'host-key', host: shownHost(host, port) })
    return key
  }

  return {
    look,
    trust: async (host, port, signal) => {
      const word = await certified(host, port, signal)
      return {
        known: book.linesFor(host, port),
        types: word.vouched === null ? [] : [word.vouched.type],
        judge: (shown) => judgeWith(word, shown, book.judge(host, port, shown)),
      }
    },
    shown: async (host, port, print, signal) => {
      const key = await remembered(host, port, print, signal)
      return { host, port, type: key.type, fingerprint: print, published: book.publishedFor(host, port, key) }
    },
    require: async (host, port, signal) => {
      const shown = await look(host, port, signal)
      if (shown.kind === 'known') return shown.hostKey
      const { type, blob } = shown.hostKey
      throw new Failure('host-key-unknown', {
        host: shownHost(host, port),
        name: host,
        port: String(port),
        type,
        fingerprint: fingerprint(blob),
        ...(shown.published === null ? {} : { published: shown.published }),
      })
    },
    confirm: async (host, port, print, signal) => {
      const key = await remembered(host, port, print, signal)
      await book.confirm(host, port, key)
      shownKeys.delete(nameOf(host, port, print))
    },
  }
}
