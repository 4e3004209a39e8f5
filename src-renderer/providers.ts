import { createStore, useStore } from 'zustand'
import type { Api } from '../src-preload/contract'
import type { ProviderCard } from '../src-preload/contract/entities/provider'
import { api } from './api'
import { reportFailure } from './failures/report-failure'

interface ProvidersState {
  /** Null until main has answered. */
  readonly cards: readonly ProviderCard[] | null
}

/** Providers by title and icon, asked for once: they do not change while the app runs. */
export const createProviders = (signIns: Pick<Api['signIns'], 'providers'>) => {
  const store = createStore<ProvidersState>(() => ({ cards: null }))
  return {
    store,
    start: () => {
      signIns.providers().then((cards) => store.setState({ cards }), reportFailure)
      return () => undefined
    },
  }
}

/** The providers of this window. */
export const providers = createProviders(api.signIns)

/** All providers as cards, or null while they are on their way. */
export const useProviders = (): readonly ProviderCard[] | null => useStore(providers.store, (state) => state.cards)

/** One provider's card; undefined for one that this version does not know. */
export const useProvider = (id: string): ProviderCard | undefined =>
  useStore(providers.store, (state) => state.cards?.find((card) => card.id === id))
