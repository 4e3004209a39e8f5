import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { Account, Receipt } from '../../../src-preload/contract/entities/account'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'
import { keepSame } from '../../keep-same'

/** What the account list knows. */
export interface AccountsState {
  /** Null until main has answered for the first time. */
  readonly accounts: readonly Account[] | null
  /** Why the list could not be read. */
  readonly failure: FailureData | null
  /** Accounts with a call under way that a person started. */
  readonly busy: ReadonlySet<string>
  /** What went wrong with the last action on an account. */
  readonly failures: Readonly<Record<string, FailureData>>
  readonly checkingAll: boolean
  /** Revocations with steps that are still open. */
  readonly receipts: readonly Receipt[]
}

type AccountsApi = Pick<Api, 'accounts' | 'on'>

const without = <T>(record: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== id))

/** The account list, kept equal to main's by its announcements, and the actions on it. */
export const createAccountsStore = (api: AccountsApi) => {
  const store = createStore<AccountsState>(() => ({
    accounts: null,
    failure: null,
    busy: new Set(),
    failures: {},
    checkingAll: false,
    receipts: [],
  }))
  const set = store.setState
  let announced = 0

  const load = async () => {
    const before = announced
    try {
      const accounts = await api.accounts.list()
      // An announcement that came meanwhile is newer than this answer.
      if (before === announced) set({ accounts, failure: null })
    } catch (error) {
      set({ failure: toFailure(error) })
    }
  }

  const loadReceipts = async () => {
    try {
      set({ receipts: await api.accounts.receipts() })
    } catch {
      // They are offered again at the next start; the list itself must not fail because of them.
    }
  }

  /** Runs an action on one account; its failure stays with the account until the next action. */
  const act = async (id: string, action: () => Promise<Account | readonly Account[] | undefined>) => {
    set(({ busy, failures }) => ({ busy: new Set(busy).add(id), failures: without(failures, id) }))
    try {
      const result = await action()
      const changed = result === undefined ? [] : 'id' in result ? [result] : result
      set(({ accounts }) => ({
        accounts: accounts?.map((account) => changed.find((other) => other.id === account.id) ?? account) ?? null,
      }))
    } catch (error) {
      set(({ failures }) => ({ failures: { ...failures, [id]: toFailure(error) } }))
    } finally {
      set(({ busy }) => ({ busy: new Set([...busy].filter((other) => other !== id)) }))
    }
  }

  return {
    store,
    load,
    start: () => {
      const stop = api.on('accounts.changed', (accounts) => {
        announced += 1
        set((state) => ({ accounts: keepSame(state.accounts, accounts), failure: null }))
        // What was left of a revocation may have been finished behind the window's back.
        if (store.getState().receipts.length > 0) void loadReceipts()
      })
      void load()
      void loadReceipts()
      return stop
    },
    refresh: (id: string) => act(id, () => api.accounts.refresh({ id })),
    rename: (id: string, label: string) => act(id, () => api.accounts.rename({ id, label })),
    setDefault: (id: string) => act(id, () => api.accounts.setDefault({ id })),
    takeTypedAddress: (id: string, use: boolean) => act(id, () => api.accounts.useTypedAddress({ id, use })),
    manageAccess: (id: string, owner: string | null) => act(id, () => api.accounts.manageAccess({ id, owner })),
    checkAll: async () => {
      set({ checkingAll: true })
      try {
        set({ accounts: await api.accounts.refreshAll(), failure: null })
      } catch (error) {
        set({ failure: toFailure(error) })
      } finally {
        set({ checkingAll: false })
      }
    },
    /** Takes access away; resolves with what was removed. @throws Failure */
    revoke: async (id: string): Promise<Receipt> => {
      const receipt = await api.accounts.revoke({ id })
      set(({ accounts }) => ({ accounts: accounts?.filter((account) => account.id !== id) ?? null }))
      await loadReceipts()
      return receipt
    },
    dismissReceipt: async (accountId: string) => {
      set(({ receipts }) => ({ receipts: receipts.filter((receipt) => receipt.accountId !== accountId) }))
      await api.accounts.dismissReceipt({ accountId })
    },
  }
}
