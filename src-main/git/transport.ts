import type { Secret } from '../credentials/secret'
import type { CloneAddress } from './address'

/** User name and password for one origin (`https://host[:port]`), which is the only place they go. */
export interface GitCredential {
  readonly origin: string
  readonly username: string
  readonly password: Secret
}

/** How git reaches the remote by HTTP. */
export interface HttpsTransport {
  readonly kind: 'https'
  /** Absent: the repository is asked for without a login. */
  readonly credential?: GitCredential
  /** PEM file with the only certificates that are trusted for this host, instead of the system's authorities. */
  readonly caFile?: string
  /** `http://`, `https://` or `socks5://` address without credentials. */
  readonly proxy?: string
  /** What that proxy is to be given when it asks. */
  readonly proxyLogin?: { readonly username: string; readonly password: Secret }
}

/** How git reaches the remote by SSH: made for one operation, with the key and the host keys of one account. */
export interface SshTransport {
  readonly kind: 'ssh'
  /** Value of `GIT_SSH_COMMAND`, quoted for the shell that runs it (git(1)). */
  readonly command: string
  /** What that command needs in its environment, e.g. `SSH_AUTH_SOCK`. */
  readonly environment?: Readonly<Record<string, string>>
}

export type GitTransport = HttpsTransport | SshTransport

/** A remote repository and the way to it. */
export interface GitTarget {
  readonly address: CloneAddress
  readonly transport: GitTransport
}
