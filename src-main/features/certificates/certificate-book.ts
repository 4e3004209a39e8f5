import type { Certificate, TrustedCertificate } from '../../../src-preload/contract/certificates'
import { Failure } from '../../../src-preload/contract/outcome'
import { writeCaFile } from '../../git/ca-file'
import type { PeerCertificate } from '../../network/certificate'
import { trustName } from '../../network/create-fetch'
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
  /** A file for git's `http.sslCAInfo`; null when no certificate of `host:port` is trusted by hand. */
  caFile(host: string): Promise<string | null>
  /** What the host shows now. */
  look(host: string): Promise<Certificate>
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
  const look = async (name: string) => ({ ...(await parts.readPeer(`https://${name}/`)), host: name })
  return {
    list: () => parts.store.read(),
    pem: (host) => find(host)?.pem ?? null,
    caFile: async (host) => {
      const certificate = find(host)
      return certificate === undefined ? null : writeCaFile(parts.folder, certificate.pem)
    },
    look: async (host) => look(nameOf(host)),
    trust: async (host, sha256) => {
      const name = nameOf(host)
      const shown = await look(name)
      if (shown.sha256 !== sha256) {
        throw new Failure('conflict', { what: 'certificate', host: name, sha256: shown.sha256 })
      }
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
