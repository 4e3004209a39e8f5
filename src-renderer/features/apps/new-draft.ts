import { createStore, useStore } from 'zustand'
import { type AppDraft, emptyDraft } from './app-draft'

/** The app that is being made. It waits while the person looks at something else; typed secrets do not. */
export const newDraft = createStore<AppDraft>(() => emptyDraft)

/** The app that is being made, for its screen. */
export const useNewDraft = (): AppDraft => useStore(newDraft)

/** Changes some of it. */
export const changeDraft = (change: Partial<AppDraft>): void => newDraft.setState(change)

/** Starts over. */
export const clearDraft = (): void => newDraft.setState(emptyDraft, true)

/** Drops the values of variables: they are kept by the vault or by nobody. */
export const forgetValues = (): void =>
  newDraft.setState(({ variables }) => ({ variables: variables.map((one) => ({ ...one, value: '' })) }))
