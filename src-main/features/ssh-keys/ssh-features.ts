import type { Account } from '../../../src-preload/contract/entities/account'
import type { ProviderCard } from '../../../src-preload/contract/entities/provider'
import type { Clock } from '../../clock'
import type { Vault } from '../../credentials/vault'
import { originOf, requireAddress } from '../../git/address'
import type { Git } from '../../git/create-git'
import type { Announce } from '../../ipc/announce'
import { createKeyReader } from '../../ssh/read-key-aside'
import { scanHostKeys } from '../../ssh/scan-host-keys'
import type { Store } from '../../storage/store'
import type { Accounts } from '../accounts/accounts'
import { createHostKeyHandlers } from '../host-keys/handlers'
import { type ConfirmedKey, createHostKeyBook } from '../host-keys/host-key-book'
import { createHostLook } from '../host-keys/look-at-host'
import { createDeployKeys, type DeployKeyRecords } from './deploy-keys'
import { createSshKeyHandlers, type SshKeyParts } from './handlers'
import { createKeyStore, type KeyRecord } from './key-store'
import { readSshAddress } from './read-ssh-address'
import { createSshLogins } from './ssh-logins'

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
export interface SshParts extends Pick<SshKeyParts, 'pickKeyFile' | 'keyFilesAtHome' | 'saveFile'> {
  readonly keys: Store<readonly KeyRecord[]>
  readonly confirmed: Store<readonly ConfirmedKey[]>
  /** known_hosts text that ships with the app. */
  readonly published: string
  readonly vault: Vault
  readonly accounts: Pick<Accounts, 'access' | 'connector' | 'get'>
  readonly git: Pick<Git, 'listBranches'>
  readonly deployKeys: Store<DeployKeyRecords>
  /** What else depends on a key, in words. */
  readonly usedBy: (keyId: string) => readonly string[]
  /** The person's own `~/.ssh/config`, for its aliases. */
  readonly sshConfig: () => string
  readonly clock: Clock
  readonly announce: Announce
  /** Name of this computer, for the comment in public keys. */
  readonly machine: string
  /** Path of the built `read-key-worker`. */
  readonly keyWorker: string
}

/** Keys, host keys, connection tests and logins: everything that is SSH, wired together. */
export const createSsh = (parts: SshParts) => {
  const { accounts, clock, announce, git } = parts
  const now = () => clock.now()
  const agentSocket = () => process.env.SSH_AUTH_SOCK || null
  const readKey = createKeyReader(parts.keyWorker)
  const book = createHostKeyBook(parts.published, parts.confirmed, now)
  const hosts = createHostLook(book, scanHostKeys)
  const deployKeys = createDeployKeys({
    store: parts.deployKeys,
    access: accounts.access,
    now,
    changed: () => announce('ssh-keys.changed', [...keys.list()]),
  })
  const keys = createKeyStore({
    store: parts.keys,
    vault: parts.vault,
    now,
    machine: parts.machine,
    agentSocket,
    changed: () => announce('ssh-keys.changed', [...keys.list()]),
    usedBy: parts.usedBy,
    deployKeyOf: deployKeys.placesOf,
    readKey,
    accountsOf: (print) =>
      accounts.access.records().flatMap(({ kind, viewerId, id }) => (kind === 'ssh' && viewerId === print ? [id] : [])),
  })
  const logins = createSshLogins({ keys, book, hosts, access: accounts.access, deployKeyOf: deployKeys.keyOf, git })

  const connect: SshKeyParts['connect'] = async ({ keyId, address, name, reconnects }): Promise<Account> => {
    const record = await accounts.connector.connectSsh({
      provider: sshProvider,
      host: originOf(requireAddress(address.address)),
      login: address.user,
      name,
      fingerprint: keys.get(keyId).fingerprint,
      address: address.address,
      reconnects,
    })
    // Which accounts use a key is part of what is shown of it.
    announce('ssh-keys.changed', [...keys.list()])
    return accounts.get(record.id)
  }
  const sshKeys = createSshKeyHandlers({
    keys,
    deployKeys,
    book,
    hosts,
    now,
    agentSocket,
    readKey,
    parseAddress: (text) => readSshAddress(text, parts.sshConfig),
    pickKeyFile: parts.pickKeyFile,
    keyFilesAtHome: parts.keyFilesAtHome,
    saveFile: parts.saveFile,
    connect,
    branches: (address, login, signal) =>
      git.listBranches(
        { address: requireAddress(address), transport: { kind: 'ssh', command: login.command } },
        { signal },
      ),
    announce: (test) => announce('ssh-tests.changed', test),
  })
  return {
    keys,
    deployKeys,
    book,
    hosts,
    open: logins.open,
    check: logins.check,
    stop: logins.stop,
    sshKeys,
    hostKeys: createHostKeyHandlers(book, hosts),
  }
}
