import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { Notice, SystemInfo } from '../../../src-preload/contract/system'

export interface SystemState {
  /** Null until main has answered. */
  readonly info: SystemInfo | null
  /** Things to know once, oldest first. */
  readonly notices: readonly Notice[]
}

/** Facts about this install, and notices that stay until they are put away. */
export const createSystemStore = (
  api: Pick<Api, 'system' | 'on'>,
  parts: { readonly navigate: (to: string) => void; readonly onFailure: (error: unknown) => void },
) => {
  const store = createStore<SystemState>(() => ({ info: null, notices: [] }))
  const set = store.setState
  let heard = 0
  const add = (more: readonly Notice[]) =>
    set(({ notices }) => ({
      notices: [...notices, ...more.filter((notice) => !notices.some((known) => known.id === notice.id))],
    }))
  return {
    store,
    start: () => {
      const stops = [
        api.on('system.notice', (notice) => add([notice])),
        api.on('system.navigate', ({ to }) => {
          heard += 1
          parts.navigate(to)
          // It has been heard: a reload must not go there again.
          api.system.wishedPlace().catch(parts.onFailure)
        }),
      ]
      const before = heard
      api.system.wishedPlace().then((to) => {
        if (to !== null && before === heard) parts.navigate(to)
      }, parts.onFailure)
      api.system.info().then((info) => set({ info }), parts.onFailure)
      api.system.notices().then(add, parts.onFailure)
      return () => {
        for (const stop of stops) stop()
      }
    },
    dismiss: async (id: string) => {
      set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
      await api.system.dismissNotice({ id }).catch(parts.onFailure)
    },
  }
}
