import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { TrustedCertificate } from '../../../src-preload/contract/certificates'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

export interface CertificatesState {
  /** Certificates that are trusted, null until main has answered. */
  readonly trusted: readonly TrustedCertificate[] | null
  /** Why the list could not be read or changed. */
  readonly failure: FailureData | null
}

/** Certificates that a person trusts. What a host shows is compared in main's dialog. */
export const createCertificates = (api: Pick<Api, 'certificates'>) => {
  const store = createStore<CertificatesState>(() => ({ trusted: null, failure: null }))
  const set = store.setState

  const load = async () => {
    try {
      set({ trusted: await api.certificates.list(), failure: null })
    } catch (error) {
      set({ failure: toFailure(error) })
    }
  }

  return {
    store,
    load,
    /** Lets main ask about what the host shows now. @throws Failure when it was not trusted */
    trust: async (host: string): Promise<void> => {
      const { host: name, sha256 } = await api.certificates.look({ host })
      await api.certificates.trust({ host: name, sha256 })
      if (store.getState().trusted !== null) await load()
    },
    forget: async (host: string) => {
      try {
        await api.certificates.forget({ host })
        await load()
      } catch (error) {
        const failure = toFailure(error)
        if (failure.code !== 'cancelled') set({ failure })
      }
    },
  }
}
