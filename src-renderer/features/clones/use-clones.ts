import { useStore } from 'zustand'
import { api } from '../../api'
import { type CloneSheet, createCloneSheet } from './clone-store'

/** The test-clone sheet of this window. */
export const cloneSheet = createCloneSheet(api.clones)

/** A part of it, for a component. */
export const useCloneSheet = <T>(select: (state: CloneSheet) => T): T => useStore(cloneSheet, select)

/** Follows the clone that the sheet shows. */
export const startClones = (): (() => void) => api.on('clones.changed', (clone) => cloneSheet.getState().follow(clone))
