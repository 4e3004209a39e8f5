import { useStore } from 'zustand'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { createSystemStore, type SystemState } from './system-store'

/** The system facts of this window. */
export const system = createSystemStore(api, { navigate, onFailure: reportFailure })

export const useSystem = <T>(select: (state: SystemState) => T): T => useStore(system.store, select)
