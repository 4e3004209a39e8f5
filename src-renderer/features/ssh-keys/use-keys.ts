import { useStore } from 'zustand'
import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { api } from '../../api'
import { createKeysStore } from './keys-store'

/** The SSH keys of this window. */
export const keysStore = createKeysStore(api)

export const useKeys = (): readonly SshKey[] | null => useStore(keysStore.store, ({ keys }) => keys)
export const useKeysFailure = () => useStore(keysStore.store, ({ failure }) => failure)
