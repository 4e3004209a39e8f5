import type { Certificate, TrustedCertificate } from '../../../src-preload/contract/certificates'
import { Failure } from '../../../src-preload/contract/outcome'
import { writeCaFile } from '../../git/ca-file'
import type { PeerCertificate } from '../../network/certificate'
import { type CertificateMisfit, certificateMisfits } from '../../network/certificate-misfits'
import { trustName } from '../../network/create-fetch'
import type { Store } from '../../storage/store'

/** A certificate that is trusted for one host, with the certificate itself. */
export interface StoredCertificate extends TrustedCertificate {
  readonly pem: string
}

/** A certificate as a host showed it, and why git refuses it all the same. */
export interface ShownCertificate extends Certificate {
  readonly misfits: readonly CertificateMisfit[]
}

/** Hosts whose last certificate is remembered. */
const mostSeen = 50

/** Certificates that a person trusts by hand, each for one `host:port` and nothing else. */
export interface CertificateBook {
  list(): readonly TrustedCertificate[]
  /** The PEM trusted for `host:port`, or null. */
  pem(host: string): string | null
  /** A file for git's `http.sslCAInfo`; null when no certificate of `host:port` is trusted by hand. */
  caFile(host: string): Promise<string | null>
  /** What the host shows now. */
  look(host: string): Promise<Certificate>
  /** The one that is trusted for a host, or null. */
  trusted(host: string): TrustedCertificate | null
  /**
   * What the host showed, by its fingerprint. What was not seen in this run is looked at.
   * @throws Failure `conflict` when the host shows another one
   */
  shown(host: string, sha256: string): Promise<ShownCertificate>
  /** @throws Failure `conflict` when the host shows another certificate by now */
  trust(host: string, sha256: string): Promise<TrustedCertificate>
  forget(host: string): Promise<void>
}

/** `host:port` as certificates are kept by. @throws Failure `invalid-input` for anything else than a host */
const nameOf = (host: string): string => {
  let url: URL
  try {
    url = new URL(`https://${host}/`)
  } catch (cause) {
    throw new Failure('invalid-input', { field: 'host' }, { cause })
  }
  const bare =
    url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === ''
  if (!bare) throw new Failure('invalid-input', { field: 'host' })
  return trustName(url)
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
  /** What hosts showed in this run, the last one of each host. */
  const seen = new Map<string, Certificate & { readonly pem: string }>()
  const look = async (name: string) => {
    const certificate = { ...(await parts.readPeer(`https://${name}/`)), host: name }
    seen.delete(name)
    seen.set(name, certificate)
    for (const oldest of [...seen.keys()].slice(0, -mostSeen)) seen.delete(oldest)
    return certificate
  }
  const conflict = (host: string, sha256: string) => new Failure('conflict', { what: 'certificate', host, sha256 })
  return {
    list: () => parts.store.read(),
    pem: (host) => find(host)?.pem ?? null,
    caFile: async (host) => {
      const certificate = find(host)
      return certificate === undefined ? null : writeCaFile(parts.folder, certificate.pem)
    },
    look: async (host) => look(nameOf(host)),
    trusted: (host) => find(nameOf(host)) ?? null,
    shown: async (host, sha256) => {
      const name = nameOf(host)
      const known = seen.get(name)
      const { pem, ...shown } = known?.sha256 === sha256 ? known : await look(name)
      if (shown.sha256 !== sha256) throw conflict(name, shown.sha256)
      return { ...shown, misfits: certificateMisfits({ ...shown, pem }, name, parts.now()) }
    },
    trust: async (host, sha256) => {
      const name = nameOf(host)
      const shown = await look(name)
      if (shown.sha256 !== sha256) throw conflict(name, shown.sha256)
      const trusted = { ...shown, trustedAt: parts.now() }
      await parts.store.update((all) => [...all.filter((certificate) => certificate.host !== name), trusted])
      return trusted
    },
    forget: async (host) => {
      const name = nameOf(host)
      await parts.store.update((all) => all.filter((certificate) => certificate.host !== name))
    },
  }
}
