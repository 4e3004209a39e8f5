import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TrustedCertificate } from '../../../src-preload/contract/certificates'
import { Failure } from '../../../src-preload/contract/outcome'
import type { PeerCertificate } from '../../network/certificate'
import type { Store } from '../../storage/store'

/** A certificate that is trusted for one host, with the certificate itself. */
export interface StoredCertificate extends TrustedCertificate {
  readonly pem: string
}

/** Certificates that a person trusts by hand, each for one `host:port` and nothing else. */
export interface CertificateBook {
  list(): readonly TrustedCertificate[]
  /** The PEM trusted for `host:port`, or null. */
  pem(host: string): string | null
  /** A file with that one certificate, for git's `http.sslCAInfo`; null when none is trusted by hand. */
  caFile(host: string): string | null
  /** @throws Failure `conflict` when the host shows another certificate by now */
  trust(host: string, sha256: string): Promise<TrustedCertificate>
  forget(host: string): Promise<void>
}

/**
 * @param folder where files for git are kept.
 * @param readPeer reads what a host shows, without sending it a request.
 */
export const createCertificateBook = (parts: {
  readonly store: Store<readonly StoredCertificate[]>
  readonly folder: string
  readonly readPeer: (address: string) => Promise<PeerCertificate>
  readonly now: () => number
}): CertificateBook => {
  const find = (host: string) => parts.store.read().find((certificate) => certificate.host === host)
  return {
    list: () => parts.store.read(),
    pem: (host) => find(host)?.pem ?? null,
    caFile: (host) => {
      const certificate = find(host)
      if (certificate === undefined) return null
      // Named by content: a file that is there holds what it says, also while git reads it.
      const file = join(parts.folder, `${createHash('sha256').update(certificate.pem).digest('hex').slice(0, 32)}.pem`)
      mkdirSync(parts.folder, { recursive: true, mode: 0o700 })
      writeFileSync(file, certificate.pem, { mode: 0o600 })
      return file
    },
    trust: async (host, sha256) => {
      const shown = await parts.readPeer(`https://${host}/`)
      if (shown.sha256 !== sha256) throw new Failure('conflict', { what: 'certificate', host, sha256: shown.sha256 })
      const trusted = { ...shown, host, trustedAt: parts.now() }
      await parts.store.update((all) => [...all.filter((certificate) => certificate.host !== host), trusted])
      return trusted
    },
    forget: async (host) => {
      await parts.store.update((all) => all.filter((certificate) => certificate.host !== host))
    },
  }
}
