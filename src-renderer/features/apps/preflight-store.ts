import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { AppForm, Preflight } from '../../../src-preload/contract/entities/app'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

/** The look ahead of one form. */
export interface PreflightState {
  readonly preflight: Preflight | null
  readonly running: boolean
  /** Why it could not even run. */
  readonly failure: FailureData | null
  /** What was looked at: a change after that makes the answer old. */
  readonly of: unknown
}

type PreflightApi = { readonly apps: Pick<Api['apps'], 'preflight' | 'confirmHostKey'>; readonly on: Api['on'] }

/** Runs the look ahead and follows its items. A newer run takes the place of an older one. */
export const createPreflightStore = (api: PreflightApi) => {
  const store = createStore<PreflightState>(() => ({ preflight: null, running: false, failure: null, of: null }))
  let turn = 0

  const run = async (form: AppForm, of: unknown): Promise<void> => {
    turn += 1
    const mine = turn
    store.setState({ preflight: null, running: true, failure: null, of })
    try {
      const preflight = await api.apps.preflight(form)
      if (mine === turn) store.setState({ preflight, running: false })
    } catch (error) {
      if (mine === turn) store.setState({ running: false, failure: toFailure(error) })
    }
  }

  return {
    store,
    run,
    start: () =>
      api.on('apps.preflight', (preflight) => {
        if (store.getState().running) store.setState({ preflight })
      }),
    /** Trusts the host key that the look ahead asks about, then looks again. */
    trust: async (form: AppForm, of: unknown): Promise<void> => {
      const hostKey = store.getState().preflight?.hostKey
      if (hostKey === null || hostKey === undefined) return
      const { host, port, fingerprint } = hostKey
      try {
        await api.apps.confirmHostKey({ host, port, fingerprint })
      } catch (error) {
        const failure = toFailure(error)
        // Whoever has just refused knows it.
        if (failure.code !== 'cancelled') store.setState({ failure })
        return
      }
      await run(form, of)
    },
  }
}
