import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { Deploy, Release } from '../../../src-preload/contract/entities/app'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

/** Rows of the history that main sends at once. */
const page = 50

/** The deploys and releases of one app. */
export interface DeploysState {
  /** Newest first; null until main has answered. */
  readonly history: readonly Deploy[] | null
  readonly failure: FailureData | null
  readonly hasOlder: boolean
  readonly loadingOlder: boolean
  /** The deploy that a person looks at; null is the newest, whichever that is. */
  readonly chosen: string | null
  readonly releases: readonly Release[] | null
  readonly releasesFailure: FailureData | null
}

type DeploysApi = { readonly apps: Pick<Api['apps'], 'history' | 'releases'>; readonly on: Api['on'] }

const going = (deploy: Deploy | undefined): boolean => deploy?.state === 'queued' || deploy?.state === 'running'

/** Puts deploys among others, newer over older ones of the same id, newest first. */
const merge = (known: readonly Deploy[], fresh: readonly Deploy[]): readonly Deploy[] => {
  const byId = new Map([...known, ...fresh].map((deploy) => [deploy.id, deploy]))
  return [...byId.values()].sort((a, b) => b.startedAt - a.startedAt)
}

/** The deploy whose log is shown: the chosen one, else the newest. */
export const shownDeploy = ({ history, chosen }: DeploysState): Deploy | null =>
  history?.find(({ id }) => id === chosen) ?? history?.[0] ?? null

/** Follows the deploys of one app for as long as somebody looks at it. `last` stands in while the server can't be asked. */
export const createDeploysStore = (api: DeploysApi, appId: string, last: Deploy | null) => {
  const store = createStore<DeploysState>(() => ({
    history: null,
    failure: null,
    hasOlder: false,
    loadingOlder: false,
    chosen: null,
    releases: null,
    releasesFailure: null,
  }))
  const set = store.setState
  /** Announced while the first page was on its way: they are newer than its rows. */
  const early = new Map<string, Deploy>()

  const load = async () => {
    try {
      const rows = await api.apps.history({ id: appId })
      set({ history: merge(rows, [...early.values()]), hasOlder: rows.length >= page, failure: null })
    } catch (error) {
      set(({ history }) => ({
        history: history ?? merge(last === null ? [] : [last], [...early.values()]),
        failure: toFailure(error),
      }))
    }
  }

  const loadReleases = async () => {
    try {
      set({ releases: await api.apps.releases({ id: appId }), releasesFailure: null })
    } catch (error) {
      set({ releasesFailure: toFailure(error) })
    }
  }

  const follow = (deploy: Deploy) => {
    if (deploy.appId !== appId) return
    const before = store.getState().history?.find(({ id }) => id === deploy.id)
    early.set(deploy.id, deploy)
    set(({ history }) => (history === null ? {} : { history: merge(history, [deploy]) }))
    if (!going(deploy) && (before === undefined || going(before))) void loadReleases()
  }

  return {
    store,
    load,
    loadReleases,
    start: () => {
      const stop = api.on('deploys.changed', follow)
      void load()
      void loadReleases()
      return stop
    },
    older: async () => {
      const { history, loadingOlder } = store.getState()
      const last = history?.at(-1)
      if (last === undefined || loadingOlder) return
      set({ loadingOlder: true })
      try {
        const rows = await api.apps.history({ id: appId, before: last.id })
        set((state) => ({ history: merge(rows, state.history ?? []), hasOlder: rows.length >= page, failure: null }))
      } catch (error) {
        set({ failure: toFailure(error) })
      } finally {
        set({ loadingOlder: false })
      }
    },
    /** Takes a deploy that was just started, and shows it. */
    show: (deploy: Deploy) => {
      follow(deploy)
      set({ chosen: null })
    },
    choose: (id: string | null) => set({ chosen: id }),
  }
}
