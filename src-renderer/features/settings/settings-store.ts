import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { OAuthApp, Settings } from '../../../src-preload/contract/entities/settings'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

export interface SettingsState {
  /** Null until main has answered. */
  readonly settings: Settings | null
  readonly oauthApps: readonly OAuthApp[] | null
  /** What went wrong with the last change. */
  readonly failure: FailureData | null
}

/** What is sent to register or replace an OAuth app; an empty secret keeps the one that is stored. */
export interface OAuthAppForm {
  readonly provider: string
  readonly host: string
  readonly clientId: string
  readonly clientSecret: string
}

/** The settings, kept equal to main's. A change shows at once and goes back when main refuses it. */
export const createSettingsStore = (api: Pick<Api, 'settings' | 'on'>) => {
  const store = createStore<SettingsState>(() => ({ settings: null, oauthApps: null, failure: null }))
  const set = store.setState

  const loadOAuthApps = async () => {
    try {
      set({ oauthApps: await api.settings.oauthApps() })
    } catch (error) {
      set({ failure: toFailure(error) })
    }
  }

  return {
    store,
    start: () => {
      const stop = api.on('settings.changed', (settings) => set({ settings }))
      api.settings.get().then(
        (settings) => set({ settings }),
        (error) => set({ failure: toFailure(error) }),
      )
      return stop
    },
    change: async (change: Partial<Settings>) => {
      const before = store.getState().settings
      set({ settings: before === null ? null : { ...before, ...change }, failure: null })
      try {
        set({ settings: await api.settings.change(change) })
      } catch (error) {
        const failure = toFailure(error)
        // Whoever has just refused knows it.
        set({ settings: before, failure: failure.code === 'cancelled' ? null : failure })
      }
    },
    loadOAuthApps,
    /** @throws Failure when it could not be saved. */
    saveOAuthApp: async (form: OAuthAppForm) => {
      await api.settings.saveOAuthApp(form)
      await loadOAuthApps()
    },
    /** @throws Failure when it could not be removed. */
    removeOAuthApp: async ({ provider, host }: Pick<OAuthApp, 'provider' | 'host'>) => {
      await api.settings.removeOAuthApp({ provider, host })
      await loadOAuthApps()
    },
  }
}
