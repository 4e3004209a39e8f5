import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { Diagnosis, ShownList } from '../../../src-preload/contract/entities/diagnosis'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

export interface DiagnosisState {
  /** As it stands in the field. */
  readonly address: string
  /** The account that ought to see it; null for whichever does. */
  readonly accountId: string | null
  /** The one that runs or was last answered. */
  readonly diagnosis: Diagnosis | null
  /** Why it could not even be started. */
  readonly failure: FailureData | null
}

const nothing: DiagnosisState = { address: '', accountId: null, diagnosis: null, failure: null }

/**
 * "Why can't I see my repository?": what is asked, and main's answer as it grows.
 * @param shown what the list shows at the moment
 */
export const createDiagnosisStore = (api: Pick<Api, 'diagnosis' | 'on'>, shown: () => ShownList) => {
  const store = createStore<DiagnosisState>(() => nothing)
  const set = store.setState
  let turn = 0
  /** Announcements can overtake the answer that names the diagnosis. */
  let early: Diagnosis | null = null

  const cancel = () => {
    turn += 1
    if (store.getState().diagnosis?.state === 'running') api.diagnosis.cancel().catch(() => undefined)
  }

  return {
    store,
    start: () =>
      api.on('diagnosis.changed', (diagnosis) => {
        early = diagnosis
        if (store.getState().diagnosis?.id === diagnosis.id) set({ diagnosis })
      }),
    /** A new question, perhaps with an address and an account that are known already. */
    open: (address: string, accountId: string | null) => {
      cancel()
      set({ ...nothing, address, accountId })
    },
    type: (address: string) => set({ address }),
    choose: (accountId: string | null) => set({ accountId }),
    ask: async () => {
      const { address, accountId } = store.getState()
      if (address.trim() === '') return
      turn += 1
      const mine = turn
      set({ diagnosis: null, failure: null })
      try {
        const started = await api.diagnosis.start({ address: address.trim(), accountId, shown: shown() })
        if (mine === turn) set({ diagnosis: early?.id === started.id ? early : started })
      } catch (error) {
        if (mine === turn) set({ failure: toFailure(error) })
      }
    },
    cancel,
  }
}
