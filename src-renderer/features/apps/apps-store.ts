import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { App, AppForm, Deploy, Move } from '../../../src-preload/contract/entities/app'
import type { Removal } from '../../../src-preload/contract/entities/removal'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'
import { keepSame } from '../../keep-same'

/** What the list of apps knows. */
export interface AppsState {
  /** Null until main has answered for the first time. */
  readonly apps: readonly App[] | null
  /** Why the list could not be read. */
  readonly failure: FailureData | null
  /** Apps with a call under way that a person started. */
  readonly busy: ReadonlySet<string>
  /** What went wrong with the last action on an app. */
  readonly failures: Readonly<Record<string, FailureData>>
  readonly refreshing: boolean
  /** Removals of apps and servers with steps that are still open. */
  readonly removals: readonly Removal[]
}

type Apps = Api['apps']
type AppsApi = { readonly apps: Apps; readonly on: Api['on'] }

const without = <T>(record: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== id))

/** The apps, kept equal to main's by its announcements, and the actions on them. */
export const createAppsStore = (api: AppsApi) => {
  const store = createStore<AppsState>(() => ({
    apps: null,
    failure: null,
    busy: new Set(),
    failures: {},
    refreshing: false,
    removals: [],
  }))
  const set = store.setState
  let announced = 0

  /** Takes a list unless an announcement, which is newer, came while it was on its way. */
  const fill = async (ask: () => Promise<readonly App[]>) => {
    const before = announced
    try {
      const apps = await ask()
      if (before === announced) set((state) => ({ apps: keepSame(state.apps, apps), failure: null }))
    } catch (error) {
      set({ failure: toFailure(error) })
    }
  }
  const load = () => fill(() => api.apps.list())

  const loadRemovals = async () => {
    try {
      set({ removals: await api.apps.removals() })
    } catch {
      // They are offered again at the next start; the list itself must not fail because of them.
    }
  }

  /** Runs an action on one app; its failure stays with the app until the next action. Resolves to null when it failed. */
  const act = async <T>(id: string, action: () => Promise<T>): Promise<T | null> => {
    set(({ busy, failures }) => ({ busy: new Set(busy).add(id), failures: without(failures, id) }))
    try {
      return await action()
    } catch (error) {
      set(({ failures }) => ({ failures: { ...failures, [id]: toFailure(error) } }))
      return null
    } finally {
      set(({ busy }) => ({ busy: new Set([...busy].filter((other) => other !== id)) }))
    }
  }

  return {
    store,
    load,
    loadRemovals,
    start: () => {
      const stop = api.on('apps.changed', (apps) => {
        announced += 1
        set((state) => ({ apps: keepSame(state.apps, apps), failure: null }))
      })
      void load()
      void loadRemovals()
      return stop
    },
    /** Asks the servers how the apps really stand. */
    refresh: async () => {
      set({ refreshing: true })
      await fill(() => api.apps.refresh())
      set({ refreshing: false })
    },
    deploy: (id: string): Promise<Deploy | null> => act(id, () => api.apps.deploy({ id })),
    cancel: (appId: string, deployId: string): Promise<Deploy | null> =>
      act(appId, () => api.apps.cancel({ appId, deployId })),
    rollback: (id: string, release: string): Promise<Deploy | null> =>
      act(id, () => api.apps.rollback({ id, release })),
    /** Creates or changes an app. @throws Failure */
    save: async (form: AppForm): Promise<App> => {
      const before = announced
      const app = await api.apps.save(form)
      if (before === announced) {
        set(({ apps }) => ({ apps: [...(apps ?? []).filter(({ id }) => id !== app.id), app] }))
      }
      return app
    },
    /** Takes it away; resolves with what was removed. @throws Failure */
    remove: async (id: string, clean: boolean): Promise<Removal> => {
      const removal = await api.apps.remove({ id, clean })
      set(({ apps }) => ({ apps: apps?.filter((app) => app.id !== id) ?? null }))
      await loadRemovals()
      return removal
    },
    /** @throws Failure */
    moveTo: (ids: readonly string[], accountId: string): Promise<readonly Move[]> =>
      api.apps.moveTo({ ids: [...ids], accountId }),
    dismissRemoval: async (id: string) => {
      set(({ removals }) => ({ removals: removals.filter((removal) => removal.id !== id) }))
      await api.apps.dismissRemoval({ id })
    },
  }
}
