import { useStore } from 'zustand'
import { api } from '../../api'
import { createSettingsStore, type SettingsState } from './settings-store'

/** The settings of this window. */
export const settings = createSettingsStore(api)

export const useSettings = <T>(select: (state: SettingsState) => T): T => useStore(settings.store, select)
