import type { certificates } from '../../../src-preload/contract/certificates'
import type { Handlers } from '../../../src-preload/contract/method'
import type { CertificateBook } from './certificate-book'

export const createCertificateHandlers = (book: CertificateBook): Handlers<typeof certificates> => ({
  list: async () => [...book.list()],
  trust: ({ host, sha256 }) => book.trust(host, sha256),
  forget: async ({ host }) => {
    await book.forget(host)
    return undefined
  },
})
