import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { Certificate, TrustedCertificate } from '../../../src-preload/contract/certificates'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

export interface CertificatesState {
  /** Certificates that are trusted, null until main has answered. */
  readonly trusted: readonly TrustedCertificate[] | null
  /** Why the list could not be read or changed. */
  readonly failure: FailureData | null
  /** What the host in question shows, null until it has been asked. */
  readonly shown: Certificate | null
  /** Why it could not be shown or trusted. */
  readonly refused: FailureData | null
  readonly busy: boolean
}

/** Certificates that a person trusts, and the one that is being looked at. */
export const createCertificates = (api: Pick<Api, 'certificates'>) => {
  const store = createStore<CertificatesState>(() => ({
    trusted: null,
    failure: null,
    shown: null,
    refused: null,
    busy: false,
  }))
  const set = store.setState
  let turn = 0

  const load = async () => {
    try {
      set({ trusted: await api.certificates.list(), failure: null })
    } catch (error) {
      set({ failure: toFailure(error) })
    }
  }

  /** Asks the host what it shows now; answers about an earlier host no longer count. */
  const look = async (host: string) => {
    turn += 1
    const mine = turn
    set({ shown: null, refused: null, busy: false })
    try {
      const shown = await api.certificates.look({ host })
      if (mine === turn) set({ shown })
    } catch (error) {
      if (mine === turn) set({ refused: toFailure(error) })
    }
  }

  return {
    store,
    load,
    look,
    /** Trusts the one that is shown. Resolves to whether it is trusted now. */
    trust: async (): Promise<boolean> => {
      const { shown, busy } = store.getState()
      if (shown === null || busy) return false
      const { host, sha256 } = shown
      const mine = turn
      set({ busy: true, refused: null })
      try {
        await api.certificates.trust({ host, sha256 })
        if (store.getState().trusted !== null) await load()
        return true
      } catch (error) {
        const refused = toFailure(error)
        // It shows another one by now: that is what has to be compared.
        if (refused.code === 'conflict' && mine === turn) await look(host)
        if (store.getState().shown?.host === host || mine === turn) set({ refused })
        return false
      } finally {
        set({ busy: false })
      }
    },
    forget: async (host: string) => {
      try {
        await api.certificates.forget({ host })
        await load()
      } catch (error) {
        set({ failure: toFailure(error) })
      }
    },
  }
}
