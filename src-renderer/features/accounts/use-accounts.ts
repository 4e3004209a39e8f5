import { useStore } from 'zustand'
import { api } from '../../api'
import { type AccountsState, createAccountsStore } from './accounts-store'

/** The account list of this window. */
export const accounts = createAccountsStore(api)

/** A part of it, for a component. */
export const useAccounts = <T>(select: (state: AccountsState) => T): T => useStore(accounts.store, select)
