import type { Repository } from '../../../src-preload/contract/entities/repository'
import type { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'
import type { CloneAddress } from '../../git/address'
import type { Git } from '../../git/create-git'
import type { SshTransport } from '../../git/transport'
import type { Announce } from '../../ipc/announce'
import type { Log } from '../../log/log'
import type { ProxyLogin } from '../../network/proxy/proxy-login'
import type { RemoteRepository } from '../../providers/provider'
import type { AccountAccess } from '../accounts/account-access'

/** A login by SSH, ready for one clone. `close` takes away what it needed. */
export interface OpenedSsh {
  readonly transport: SshTransport
  readonly close: () => Promise<void>
  /** Adds to a failure of this login what a person needs: the key that was offered, the host keys that differ. */
  readonly explain: (failure: Failure) => Promise<Failure>
}

/** Which login is wanted. */
export interface WantedSsh {
  readonly accountId: string
  /** The listed repository, whose own deploy key comes first; null for a typed address. */
  readonly repositoryId: string | null
  /** The key that a person chose, or null. */
  readonly keyId: string | null
}

/** What test clones need from the rest of the app. */
export interface ClonePorts {
  readonly git: Pick<Git, 'listBranches' | 'testClone' | 'fullClone'>
  readonly access: Pick<AccountAccess, 'gitCredential' | 'met' | 'open' | 'reached' | 'record'>
  /** A listed repository as it was last seen. Rejects with `Failure('not-found')`. */
  readonly repository: (accountId: string, id: string) => Promise<Repository>
  /** Told what the provider says of a listed repository now, null when it is gone, so that the list follows. */
  readonly seen: (accountId: string, id: string, now: RemoteRepository | null) => void
  /** Opens a key for this host. Rejects with `host-key-unknown` and what to compare where nobody has confirmed the host. */
  readonly ssh: (wanted: WantedSsh, address: CloneAddress & { readonly kind: 'ssh' }) => Promise<OpenedSsh>
  readonly network: {
    /** PEM file of the certificates to trust for `host:port`, or null for the system's. */
    readonly caFile: (host: string) => Promise<string | null>
    /** Proxy for a request to this address, or null. Not asked about this computer. */
    readonly proxy: (url: string) => Promise<string | null>
    /** The login that is kept for that proxy, or null. */
    readonly proxyLogin?: (proxy: string) => Promise<ProxyLogin | null>
  }
  readonly dialog: {
    /** Asks for an empty folder; null when the person changed their mind. */
    readonly chooseFolder: () => Promise<string | null>
    /** Shows a folder in the file manager. */
    readonly reveal: (folder: string) => Promise<void>
  }
  readonly announce: Announce
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Log, 'error'>
}
