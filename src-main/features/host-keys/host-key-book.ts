import { createHash } from 'node:crypto'
import type { HostKeyEntry } from '../../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../../src-preload/contract/outcome'
import { ownOf } from '../../../src-preload/contract/own'
import { fingerprint } from '../../ssh/fingerprint'
import {
  formatEntry,
  formatKnownHost,
  type HostKey,
  type HostKeyVerdict,
  hostName,
  judgeHostKey,
  type KnownHost,
  matches,
  parseKnownHosts,
  speaksOf,
} from '../../ssh/known-hosts'
import type { Store } from '../../storage/store'

/** A key that a person confirmed, as one known_hosts line. */
export interface ConfirmedKey {
  readonly line: string
  /** Unix ms. */
  readonly confirmedAt: number
}

/** The app's own book of host keys: what hosts publish, and what the person confirmed. `~/.ssh` is never read. */
export interface HostKeyBook {
  judge(host: string, port: number, shown: HostKey): HostKeyVerdict
  /**
   * Fingerprint of the key that the host publishes, by whatever port it is reached: the shown one where that is among
   * them, else one of the same type; null where it publishes none.
   */
  publishedFor(host: string, port: number, shown: HostKey): string | null
  /** Trusts a key from now on. @throws Failure `host-key-changed`, `host-key-refused`: those are never confirmed. */
  confirm(host: string, port: number, shown: HostKey): Promise<void>
  /** Which entries of a known_hosts file are not in the book yet. */
  newIn(text: string): readonly KnownHost[]
  /** Takes them over: from now on they are trusted, or refused where they are marked as withdrawn. */
  take(text: string): Promise<number>
  forget(ids: readonly string[]): Promise<void>
  list(): readonly HostKeyEntry[]
  /** known_hosts text of everything that is trusted for a host, for ssh's `UserKnownHostsFile`. */
  linesFor(host: string, port: number): string
  /** Those of authorities alone, with what was withdrawn for the host; empty when no authority speaks for it. */
  authoritiesFor(host: string, port: number): string
}

/** Hosts that offer SSH on port 443 under another name, with the same keys (their documentation, "SSH over HTTPS port"). */
const publishedUnder: Readonly<Record<string, string>> = {
  'ssh.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
  'altssh.bitbucket.org': 'bitbucket.org',
}

/** The failure of a host that shows another key than the one that is trusted, with both fingerprints. */
export const changedKey = (host: string, port: number, shown: HostKey, known: readonly HostKey[]): Failure => {
  const old = known.find(({ type }) => type === shown.type) ?? known[0]
  return new Failure('host-key-changed', {
    host: shownHost(host, port),
    type: shown.type,
    shown: fingerprint(shown.blob),
    known: old === undefined ? '' : fingerprint(old.blob),
  })
}

/** Host as people know it, with the port where it is not the usual one. */
export const shownHost = (host: string, port: number): string => (port === 22 ? host : `${host}:${port}`)

const idOf = (line: string): string => createHash('sha256').update(line).digest('hex').slice(0, 32)

/**
 * @param published known_hosts text that ships with the app.
 * @param now Unix ms.
 */
export const createHostKeyBook = (
  published: string,
  store: Store<readonly ConfirmedKey[]>,
  now: () => number,
): HostKeyBook => {
  const publishedKeys = parseKnownHosts(published)
  const confirmed = (): readonly (KnownHost & ConfirmedKey)[] =>
    store.read().flatMap((key) => parseKnownHosts(key.line).map((entry) => ({ ...entry, ...key })))
  const all = (): readonly KnownHost[] => [...publishedKeys, ...confirmed()]
  const judge = (host: string, port: number, shown: HostKey) => judgeHostKey(all(), host, port, shown)
  const newIn = (text: string): readonly KnownHost[] => {
    const known = new Set(all().map(formatEntry))
    const lines = new Map(parseKnownHosts(text).map((entry) => [formatEntry(entry), entry]))
    return [...lines].flatMap(([line, entry]) => (known.has(line) ? [] : [entry]))
  }
  const authoritiesFor = (host: string, port: number): string => {
    const own = all().filter((entry) => speaksOf(entry, host, port))
    const authorities = own.filter(
      (entry) => entry.marker === 'cert-authority' && judge(host, port, entry).kind !== 'refused',
    )
    if (authorities.length === 0) return ''
    const withdrawn = own.filter(({ marker }) => marker === 'revoked')
    return [...authorities, ...withdrawn].map((entry) => `${formatEntry(forHost(entry, host, port))}\n`).join('')
  }

  return {
    judge,
    publishedFor: (host, port, shown) => {
      const name = ownOf(publishedUnder, host.toLowerCase()) ?? host
      const own = publishedKeys.filter(
        (entry) => entry.marker === null && (matches(entry, host, port) || matches(entry, name, 22)),
      )
      const same = own.find(({ blob }) => blob.equals(shown.blob)) ?? own.find(({ type }) => type === shown.type)
      const key = same ?? own[0]
      return key === undefined ? null : fingerprint(key.blob)
    },
    confirm: async (host, port, shown) => {
      const verdict = judge(host, port, shown)
      if (verdict.kind === 'changed') throw changedKey(host, port, shown, verdict.known)
      if (verdict.kind === 'refused') throw new Failure('host-key-refused', { host, reason: verdict.reason })
      if (verdict.kind === 'known') return
      await store.update((keys) => [...keys, { line: formatKnownHost(host, port, shown), confirmedAt: now() }])
    },
    newIn,
    take: async (text) => {
      const entries = newIn(text)
      const taken = entries.map((entry) => ({ line: formatEntry(entry), confirmedAt: now() }))
      if (taken.length > 0) await store.update((keys) => [...keys, ...taken])
      return taken.length
    },
    authoritiesFor,
    forget: async (ids) => {
      if (!store.read().some(({ line }) => ids.includes(idOf(line))))
        throw new Failure('not-found', { what: 'host-key' })
      await store.update((keys) => keys.filter(({ line }) => !ids.includes(idOf(line))))
    },
    list: () => [
      ...confirmed().map((key) => entryOf(key, idOf(key.line), key.confirmedAt)),
      ...publishedKeys.map((key) => entryOf(key, idOf(`${key.patterns.join(',')} ${fingerprint(key.blob)}`), null)),
    ],
    linesFor: (host, port) =>
      all()
        .filter((entry) => entry.marker === null && matches(entry, host, port))
        // One that was withdrawn or has leaked is not handed to ssh, which would not know.
        .filter((entry) => judge(host, port, entry).kind === 'known')
        .map((entry) => `${formatKnownHost(host, port, entry)}\n`)
        .join('') + authoritiesFor(host, port),
  }
}

/** An entry that speaks of this host alone. */
const forHost = (entry: KnownHost, host: string, port: number): KnownHost => ({
  ...entry,
  patterns: [hostName(host, port)],
})

const entryOf = (key: KnownHost, id: string, confirmedAt: number | null): HostKeyEntry => ({
  id,
  host: key.patterns.join(', '),
  marker: key.marker,
  type: key.type,
  fingerprint: fingerprint(key.blob),
  from: confirmedAt === null ? 'published' : 'confirmed',
  confirmedAt,
})
