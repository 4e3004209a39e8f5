import { readFile } from 'node:fs/promises'
import tls from 'node:tls'

/** Where Linux distributions keep the administrator's bundle: Debian, Fedora, openSUSE, Alpine. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

const blocks = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

const linuxBundle = async (): Promise<readonly string[]> => {
  for (const path of bundles) {
    const text = await readFile(path, 'latin1').catch(() => null)
    if (text !== null) return text.match(blocks) ?? []
  }
  return []
}

/** Node 22.15 and newer can read the stores of Windows and macOS as well; older ones know only what they bring. */
const systemStore = (): readonly string[] => {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => readonly string[] }
  return getCACertificates?.('system') ?? []
}

/**
 * The certificate authorities to trust: those that Node brings and those of the system, so that an administrator's
 * own authority works as it does in the browser. Read at the first request, not at start; takes about 40 ms once.
 */
export const createRoots = (platform: NodeJS.Platform = process.platform): (() => Promise<tls.SecureContext>) => {
  const load = async () => {
    const system = platform === 'linux' ? await linuxBundle() : systemStore()
    const byContent = new Map([...tls.rootCertificates, ...system].map((pem) => [pem.replace(/\s+/g, ''), pem]))
    return tls.createSecureContext({ ca: [...byContent.values()] })
  }
  let loaded: Promise<tls.SecureContext> | null = null
  return () => {
    loaded ??= load()
    return loaded
  }
}
