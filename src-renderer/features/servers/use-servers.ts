import { useStore } from 'zustand'
import { api } from '../../api'
import { createServersStore, type ServersState } from './servers-store'

/** The servers of this window. */
export const servers = createServersStore({ servers: api.servers, on: api.on })

/** A part of them, for a component. */
export const useServers = <T>(select: (state: ServersState) => T): T => useStore(servers.store, select)

/** One server; undefined when it is not (or not yet) in the list. */
export const useServer = (id: string) => useServers((state) => state.servers?.find((server) => server.id === id))
