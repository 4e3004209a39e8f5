import { useStore } from 'zustand'
import { api } from '../../api'
import { type AppsState, createAppsStore } from './apps-store'

/** The apps of this window. */
export const apps = createAppsStore({ apps: api.apps, on: api.on })

/** A part of them, for a component. */
export const useApps = <T>(select: (state: AppsState) => T): T => useStore(apps.store, select)

/** One app; undefined when it is not (or not yet) in the list. */
export const useApp = (id: string) => useApps((state) => state.apps?.find((app) => app.id === id))
