import { Failure } from '../../../src-preload/contract/outcome'
import { type CloneAddress, originOf, requireAddress } from '../../git/address'
import type { Git } from '../../git/create-git'
import { openSshLogin, type SshLogin } from '../../ssh/ssh-login'
import type { AccountAccess } from '../accounts/account-access'
import type { AccountRecord } from '../accounts/account-record'
import type { OpenedSsh, WantedSsh } from '../clones/ports'
import type { HostKeyBook } from '../host-keys/host-key-book'
import type { HostLook } from '../host-keys/look-at-host'
import type { KeyStore } from './key-store'
import { nameKey } from './name-key'

/** Logins for git, each with one key and the host keys that are trusted. */
export interface SshLogins {
  open(wanted: WantedSsh, address: SshCloneAddress): Promise<OpenedSsh>
  /** Reads the last address of an SSH account with its key. Fails with what a person has to know. */
  check(record: AccountRecord): Promise<void>
  /** Ends what runs and takes every key back from its agent. */
  stop(): Promise<void>
}

type SshCloneAddress = CloneAddress & { readonly kind: 'ssh' }

export interface SshLoginParts {
  readonly keys: KeyStore
  readonly book: HostKeyBook
  readonly hosts: HostLook
  readonly access: Pick<AccountAccess, 'record' | 'records'>
  readonly deployKeyOf: (accountId: string, repositoryId: string) => string | null
  readonly git: Pick<Git, 'listBranches'>
}

/** Time to look at a host's key once more, in ms. */
const patience = 10_000

/** The host and port of an address, where 22 goes without saying. */
const placeOf = ({ host, port }: CloneAddress): readonly [host: string, port: number] => [host, port ?? 22]

const limited = async <T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patience)
  try {
    return await act(stop.signal)
  } finally {
    clearTimeout(timer)
  }
}

export const createSshLogins = ({ keys, book, hosts, access, deployKeyOf, git }: SshLoginParts): SshLogins => {
  /**
   * A key that no other host knows us by, the last used first: a key tells whoever it is offered to that it is the same
   * person.
   */
  const fitting = (address: SshCloneAddress): string | undefined => {
    const elsewhere = new Set(
      access
        .records()
        .filter(({ kind, host }) => kind === 'ssh' && host !== originOf(address))
        .map(({ viewerId }) => viewerId),
    )
    return keys
      .list()
      .filter(({ fingerprint }) => !elsewhere.has(fingerprint))
      .sort((a, b) => (b.lastUsedAt ?? b.createdAt) - (a.lastUsedAt ?? a.createdAt))[0]?.id
  }

  const keyOf = ({ accountId, repositoryId, keyId }: WantedSsh, address: SshCloneAddress): string => {
    if (keyId !== null) return keyId
    const { kind, viewerId } = access.record(accountId)
    const deployKey = repositoryId === null ? null : deployKeyOf(accountId, repositoryId)
    const key =
      kind === 'ssh'
        ? keys.list().find(({ fingerprint }) => fingerprint === viewerId)?.id
        : (deployKey ?? fitting(address))
    if (key !== undefined) return key
    // An SSH account had a key; for a listed repository there may never have been one.
    throw kind === 'ssh'
      ? new Failure('not-found', { what: 'ssh-key' })
      : new Failure('ssh-key-missing', { host: address.host })
  }

  /** The failure of a login, told by what the host shows now where ssh only says that it is another key. */
  const explain = async (failure: Failure, keyId: string, address: SshCloneAddress): Promise<Failure> => {
    if (failure.code !== 'host-key-unknown' && failure.code !== 'host-key-changed') {
      return nameKey(failure, keys.get(keyId))
    }
    return limited((signal) => hosts.require(...placeOf(address), signal)).then(
      () => failure,
      (better: unknown) => (better instanceof Failure && better.code.startsWith('host-key') ? better : failure),
    )
  }

  const stopped = new AbortController()
  const logins = new Set<SshLogin>()

  const close = async (login: SshLogin) => {
    logins.delete(login)
    await login.close()
  }

  const open: SshLogins['open'] = async (wanted, address) => {
    const id = keyOf(wanted, address)
    const place = placeOf(address)
    // Without a key to hold it against, ssh would refuse without showing what a person has to compare.
    if (book.linesFor(...place) === '') await limited((signal) => hosts.require(...place, signal))
    const login = await openSshLogin(await keys.login(id), book.linesFor(...place))
    logins.add(login)
    if (stopped.signal.aborted) await close(login)
    stopped.signal.throwIfAborted()
    await keys.used(id)
    return {
      transport: { kind: 'ssh', command: login.command },
      close: () => close(login),
      explain: (failure) => explain(failure, id, address),
    }
  }

  return {
    open,
    check: async ({ id, addresses }) => {
      const [last] = addresses
      if (last === undefined) throw new Failure('not-found', { what: 'ssh-address' })
      const address = requireAddress(last)
      if (address.kind !== 'ssh') throw new Failure('address-refused', { reason: 'scheme' })
      const opened = await open({ accountId: id, repositoryId: null, keyId: null }, address)
      try {
        await git.listBranches({ address, transport: opened.transport }, { signal: stopped.signal })
      } catch (error) {
        throw error instanceof Failure ? await opened.explain(error) : error
      } finally {
        await opened.close()
      }
    },
    stop: async () => {
      stopped.abort()
      await Promise.all([...logins].map(close))
    },
  }
}
