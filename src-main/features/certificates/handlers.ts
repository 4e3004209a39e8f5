import type { certificates } from '../../../src-preload/contract/certificates'
import type { Handlers } from '../../../src-preload/contract/method'
import type { CertificateBook } from './certificate-book'

/** @param changed called when the trust in a host (`host:port`) has changed, so that its accounts are looked at again */
export const createCertificateHandlers = (
  book: CertificateBook,
  changed: (host: string) => void,
): Handlers<typeof certificates> => ({
  list: async () => [...book.list()],
  look: ({ host }) => book.look(host),
  trust: async ({ host, sha256 }) => {
    const trusted = await book.trust(host, sha256)
    changed(trusted.host)
    return trusted
  },
  forget: async ({ host }) => {
    await book.forget(host)
    changed(host)
    return undefined
  },
})
