import type { Certificate } from '../../../src-preload/contract/certificates'
import type { Server } from '../../../src-preload/contract/entities/server'
import type { OAuthApp, Settings } from '../../../src-preload/contract/entities/settings'
import type { HostKeyEntry, SshKey, SshTest } from '../../../src-preload/contract/entities/ssh-key'
import type { VaultStatus } from '../../../src-preload/contract/entities/vault'
import type { FoundLogin } from '../../../src-preload/contract/imports'
import type { KnownHost } from '../../ssh/known-hosts'
import type { AccountRecord } from '../accounts/account-record'
import type { AppRecord } from '../apps/apps-document'
import type { ShownCertificate } from '../certificates/certificate-book'
import type { ShownKey } from '../host-keys/look-at-host'

/** A certificate as the host showed it, and the fingerprint of the one that is trusted for that host, or null. */
export interface KnownCertificate extends ShownCertificate {
  readonly trusted: string | null
}

/**
 * What questions are made of: main's own data. Nothing in it comes from the call that is asked about but names of things,
 * each of which fails with `not-found` or `conflict` where there is no such thing.
 */
export interface Known {
  settings(): Settings
  oauthApps(): readonly OAuthApp[]
  /** Base address of a host that was typed. */
  normaliseHost(typed: string): string
  vault(): VaultStatus
  certificate(host: string, sha256: string): Promise<KnownCertificate>
  trustedCertificate(host: string): Certificate | null
  hostKey(host: string, port: number, fingerprint: string): Promise<ShownKey>
  hostKeys(): readonly HostKeyEntry[]
  /** Lines of a known_hosts text that are not in the book. */
  newHostKeys(text: string): readonly KnownHost[]
  /** What a connection test waits for. */
  askedHostKey(testId: string): SshTest['hostKey']
  trustsHost(host: string, port: number): boolean
  key(id: string): SshKey
  /** A private key that was made here and never left. */
  keyMadeHere(id: string): boolean
  server(id: string): Server
  /** Whether the key that logs in on a server was made for it, and goes with it. */
  ownsKey(serverId: string): boolean
  app(id: string): AppRecord
  apps(): readonly AppRecord[]
  account(id: string): AccountRecord
  /** Path of a repository by its immutable id. */
  repositoryPath(accountId: string, id: string): Promise<string>
  /** The person's own address for an app's webhook, or null. */
  webhookUrl(appId: string): string | null
  foundLogin(id: string): FoundLogin
}
