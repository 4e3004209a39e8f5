import { createStore, useStore } from 'zustand'
import type { Api } from '../src-preload/contract'
import type { ProviderCard } from '../src-preload/contract/entities/provider'
import type { FailureData } from '../src-preload/contract/outcome'
import { api } from './api'
import { toFailure } from './failures/to-failure'
import { words } from './features/sign-ins/words'

interface ProvidersState {
  /** Null until main has answered. */
  readonly cards: readonly ProviderCard[] | null
  /** Why they could not be had. */
  readonly failure: FailureData | null
}

/** Providers have names of their own; what is offered for all other hosts is called as this window's language does. */
const named = (card: ProviderCard): ProviderCard =>
  card.ways.every((way) => way === 'ssh') ? { ...card, title: words.anyHostTitle } : card

/** Providers by title and icon, asked for until they are there: they do not change while the app runs. */
export const createProviders = (signIns: Pick<Api['signIns'], 'providers'>) => {
  const store = createStore<ProvidersState>(() => ({ cards: null, failure: null }))
  const load = async () => {
    store.setState({ failure: null })
    try {
      store.setState({ cards: (await signIns.providers()).map(named) })
    } catch (error) {
      store.setState({ failure: toFailure(error) })
    }
  }
  return { store, load, start: () => void load() }
}

/** The providers of this window. */
export const providers = createProviders(api.signIns)

/** All providers as cards, or null while they are on their way. */
export const useProviders = (): readonly ProviderCard[] | null => useStore(providers.store, (state) => state.cards)

/** Why there are no cards, or null. */
export const useProvidersFailure = (): FailureData | null => useStore(providers.store, (state) => state.failure)

/** One provider's card; undefined for one that this version does not know. */
export const useProvider = (id: string): ProviderCard | undefined =>
  useStore(providers.store, (state) => state.cards?.find((card) => card.id === id))
