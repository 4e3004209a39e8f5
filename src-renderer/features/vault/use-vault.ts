import { useStore } from 'zustand'
import { api } from '../../api'
import { createVaultStore, type VaultState } from './vault-store'

/** The key storage of this window. */
export const vault = createVaultStore(api)

export const useVault = <T>(select: (state: VaultState) => T): T => useStore(vault.store, select)
