import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { Removal } from '../../../src-preload/contract/entities/removal'
import type { Server, ServerRemnant } from '../../../src-preload/contract/entities/server'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'
import { keepSame } from '../../keep-same'

/** What the list of servers knows. */
export interface ServersState {
  /** Null until main has answered for the first time. */
  readonly servers: readonly Server[] | null
  /** Why the list could not be read. */
  readonly failure: FailureData | null
  /** Servers with a call under way that a person started. */
  readonly busy: ReadonlySet<string>
  /** What went wrong with the last action on a server. */
  readonly failures: Readonly<Record<string, FailureData>>
  readonly checkingAll: boolean
}

type Servers = Api['servers']
type ServersApi = { readonly servers: Servers; readonly on: Api['on'] }

const without = <T>(record: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== id))

/** The servers, kept equal to main's by its announcements, and the actions on them. */
export const createServersStore = (api: ServersApi) => {
  const store = createStore<ServersState>(() => ({
    servers: null,
    failure: null,
    busy: new Set(),
    failures: {},
    checkingAll: false,
  }))
  const set = store.setState
  let announced = 0

  const load = async () => {
    const before = announced
    try {
      const servers = await api.servers.list()
      // An announcement that came meanwhile is newer than this answer.
      if (before === announced) set({ servers, failure: null })
    } catch (error) {
      set({ failure: toFailure(error) })
    }
  }

  const put = (server: Server) =>
    set(({ servers }) => {
      const list = servers ?? []
      return {
        servers: list.some(({ id }) => id === server.id)
          ? list.map((other) => (other.id === server.id ? server : other))
          : [...list, server],
      }
    })

  const working = (id: string) =>
    set(({ busy, failures }) => ({ busy: new Set(busy).add(id), failures: without(failures, id) }))
  const rested = (id: string) => set(({ busy }) => ({ busy: new Set([...busy].filter((other) => other !== id)) }))

  /** Runs an action on one server; its failure stays with the server until the next action. */
  const act = async (id: string, action: () => Promise<Server>) => {
    working(id)
    const before = announced
    try {
      const server = await action()
      if (before === announced) put(server)
    } catch (error) {
      const failure = toFailure(error)
      // Whoever has just refused knows it.
      if (failure.code !== 'cancelled') set(({ failures }) => ({ failures: { ...failures, [id]: failure } }))
    } finally {
      rested(id)
    }
  }

  /** Runs what a form or dialog asked for; its failure belongs to that. @throws Failure */
  const submit = async (action: () => Promise<Server>): Promise<Server> => {
    const before = announced
    const server = await action()
    if (before === announced) put(server)
    return server
  }

  return {
    store,
    load,
    start: () => {
      const stop = api.on('servers.changed', (servers) => {
        announced += 1
        set((state) => ({ servers: keepSame(state.servers, servers), failure: null }))
      })
      void load()
      return stop
    },
    check: (id: string) => act(id, () => api.servers.check({ id })),
    confirmHostKey: (id: string, fingerprint: string) => act(id, () => api.servers.confirmHostKey({ id, fingerprint })),
    startReceiver: (id: string) => act(id, () => api.servers.startReceiver({ id })),
    checkAll: async () => {
      set({ checkingAll: true })
      try {
        await api.servers.checkAll()
      } catch (error) {
        set({ failure: toFailure(error) })
      } finally {
        set({ checkingAll: false })
      }
    },
    add: (place: Parameters<Servers['add']>[0]) => submit(() => api.servers.add(place)),
    edit: (place: Parameters<Servers['edit']>[0]) => submit(() => api.servers.edit(place)),
    installKey: (id: string, password: string) => submit(() => api.servers.installKey({ id, password })),
    installReceiver: (id: string, password: string | null) =>
      submit(() => api.servers.installReceiver({ id, password })),
    setReceiver: (form: Parameters<Servers['setReceiver']>[0]) => submit(() => api.servers.setReceiver(form)),
    /** Asks the server. @throws Failure */
    remnants: (id: string): Promise<readonly ServerRemnant[]> => api.servers.remnants({ id }),
    /** Takes it out of the list; resolves with what was removed. @throws Failure */
    remove: async (id: string, clean: boolean): Promise<Removal> => {
      const removal = await api.servers.remove({ id, clean })
      set(({ servers }) => ({ servers: servers?.filter((server) => server.id !== id) ?? null }))
      return removal
    },
  }
}
