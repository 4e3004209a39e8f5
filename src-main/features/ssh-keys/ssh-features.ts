import type { Account } from '../../../src-preload/contract/entities/account'
import type { ProviderCard } from '../../../src-preload/contract/entities/provider'
import type { SshAddress } from '../../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'
import type { Vault } from '../../credentials/vault'
import { type CloneAddress, requireAddress } from '../../git/address'
import type { Git } from '../../git/create-git'
import type { Announce } from '../../ipc/announce'
import { createKeyReader } from '../../ssh/read-key-aside'
import { openSshLogin } from '../../ssh/ssh-login'
import type { Store } from '../../storage/store'
import type { Accounts } from '../accounts/accounts'
import type { OpenedSsh } from '../clones/ports'
import { createHostKeyHandlers } from '../host-keys/handlers'
import { type ConfirmedKey, createHostKeyBook } from '../host-keys/host-key-book'
import { createSshKeyHandlers, type SshKeyParts } from './handlers'
import { createKeyStore, type KeyRecord } from './key-store'

/** Provider id of accounts that have an SSH key and no interface. */
export const sshProvider = 'ssh'

/** How the wizard offers it. */
export const sshCard = {
  id: sshProvider,
  title: 'Other (SSH key)',
  icon: '',
  hosts: [],
  selfHosted: true,
  ways: ['ssh'],
} satisfies ProviderCard

/** What everything around SSH needs from the rest of the app. */
export interface SshParts extends Pick<SshKeyParts, 'pickKeyFile' | 'saveFile'> {
  readonly keys: Store<readonly KeyRecord[]>
  readonly confirmed: Store<readonly ConfirmedKey[]>
  /** known_hosts text that ships with the app. */
  readonly published: string
  readonly vault: Vault
  readonly accounts: Pick<Accounts, 'access' | 'connector' | 'get'>
  readonly git: Pick<Git, 'listBranches'>
  readonly clock: Clock
  readonly announce: Announce
  /** Name of this computer, for the comment in public keys. */
  readonly machine: string
  /** Path of the built `read-key-worker`. */
  readonly keyWorker: string
}

/** Keys, host keys, connection tests and logins: everything that is SSH, wired together. */
export const createSsh = (parts: SshParts) => {
  const { accounts, clock, announce } = parts
  const now = () => clock.now()
  const agentSocket = () => process.env.SSH_AUTH_SOCK || null
  const book = createHostKeyBook(parts.published, parts.confirmed, now)
  const keys = createKeyStore({
    store: parts.keys,
    vault: parts.vault,
    now,
    machine: parts.machine,
    agentSocket,
    changed: () => announce('ssh-keys.changed', [...keys.list()]),
    accountsOf: (id) => {
      const { fingerprint } = keys.get(id)
      return accounts.access
        .records()
        .flatMap(({ kind, viewerId, id: account }) => (kind === 'ssh' && viewerId === fingerprint ? [account] : []))
    },
  })

  /** The key of an SSH account; for another account the key that was used last. */
  const keyOf = (accountId: string): string => {
    const { kind, viewerId } = accounts.access.record(accountId)
    const all = keys.list()
    const own = all.find(({ fingerprint }) => fingerprint === viewerId)
    const recent = [...all].sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0))[0]
    const key = kind === 'ssh' ? own : recent
    if (key === undefined) throw new Failure('not-found', { what: 'ssh-key' })
    return key.id
  }
  const open = async (accountId: string, address: CloneAddress & { readonly kind: 'ssh' }): Promise<OpenedSsh> => {
    const id = keyOf(accountId)
    const login = await openSshLogin(await keys.login(id), book.linesFor(address.host, address.port ?? 22))
    await keys.used(id)
    return { transport: { kind: 'ssh', command: login.command }, close: login.close }
  }

  const connect: SshKeyParts['connect'] = async ({ keyId, address, name, reconnects }): Promise<Account> => {
    const { host, port, user } = address
    const record = await accounts.connector.connectSsh({
      provider: sshProvider,
      host: `ssh://${host}${port === 22 ? '' : `:${port}`}`,
      login: user,
      name,
      fingerprint: keys.get(keyId).fingerprint,
      reconnects,
    })
    return accounts.get(record.id)
  }
  const sshKeys = createSshKeyHandlers({
    keys,
    book,
    now,
    agentSocket,
    readKey: createKeyReader(parts.keyWorker),
    parseAddress: readSshAddress,
    pickKeyFile: parts.pickKeyFile,
    saveFile: parts.saveFile,
    connect,
    branches: (address, login, signal) =>
      parts.git.listBranches(
        { address: requireAddress(address), transport: { kind: 'ssh', command: login.command } },
        { signal },
      ),
    announce: (test) => announce('ssh-tests.changed', test),
  })
  return { keys, book, open, sshKeys, hostKeys: createHostKeyHandlers(book) }
}

/** An SSH clone address in its parts. @throws Failure `address-refused` with `reason` and perhaps `corrected` */
export const readSshAddress = (text: string): SshAddress => {
  const address = requireAddress(text)
  if (address.kind !== 'ssh') throw new Failure('address-refused', { reason: 'not-ssh', ...suggest(address) })
  const { user, host, port, path, url } = address
  return { user, host, port: port ?? 22, path, address: url }
}

/** The SSH form that an HTTPS clone address most likely has. */
const suggest = ({ host, path }: CloneAddress): Record<string, string> => ({ corrected: `git@${host}:${path}` })
