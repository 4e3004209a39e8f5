import { Failure } from '../../../src-preload/contract/outcome'
import type { Store } from '../../storage/store'
import type { AccountRecord } from './account-record'
import type { AccountsDocument, Renewal } from './accounts-document'
import type { Passing } from './present-account'

/** What may change about an account once it exists. */
export type AccountChange = Partial<Omit<AccountRecord, 'id' | 'isDefault' | 'connectedAt'>>

/** The accounts on disk, and what is true of them for the moment. */
export interface AccountBook {
  /** The default first, then by time of connection. */
  all(): readonly AccountRecord[]
  find(id: string): AccountRecord | null
  /** @throws Failure `not-found` */
  get(id: string): AccountRecord
  document(): AccountsDocument
  /** Durable when resolved. An account that is gone by then stays gone. */
  change(id: string, change: AccountChange, renewal?: Renewal | null): Promise<void>
  /** The first account becomes the default. */
  add(record: AccountRecord): Promise<AccountRecord>
  setDefault(id: string): Promise<void>
  update(change: (document: AccountsDocument) => AccountsDocument): Promise<void>
  passing(id: string): Passing | null
  setPassing(id: string, passing: Passing | null): void
}

export const createAccountBook = (store: Store<AccountsDocument>, changed: () => void): AccountBook => {
  const passing = new Map<string, Passing>()

  const update = async (change: (document: AccountsDocument) => AccountsDocument) => {
    await store.update(change)
    changed()
  }
  const find = (id: string) => store.read().accounts.find((record) => record.id === id) ?? null

  return {
    all: () => [...store.read().accounts].sort(byRank),
    find,
    get: (id) => {
      const record = find(id)
      if (record === null) throw new Failure('not-found', { what: 'account' })
      return record
    },
    document: () => store.read(),
    change: (id, change, renewal) =>
      update((document) => ({
        ...document,
        accounts: document.accounts.map((record) => (record.id === id ? { ...record, ...change } : record)),
        renewals: renewal === undefined ? document.renewals : withRenewal(document, id, renewal),
      })),
    add: async (record) => {
      await update((document) => ({
        ...document,
        accounts: [...document.accounts, { ...record, isDefault: document.accounts.length === 0 }],
      }))
      return find(record.id) ?? record
    },
    setDefault: (id) =>
      update((document) => ({
        ...document,
        accounts: document.accounts.map((record) => ({ ...record, isDefault: record.id === id })),
      })),
    update,
    passing: (id) => passing.get(id) ?? null,
    setPassing: (id, next) => {
      if (next === null && !passing.has(id)) return
      if (next === null) passing.delete(id)
      else passing.set(id, next)
      changed()
    },
  }
}

/** Order of the list: the default first, then by time of connection. */
export const byRank = (one: AccountRecord, other: AccountRecord): number =>
  Number(other.isDefault) - Number(one.isDefault) || one.connectedAt - other.connectedAt

/** The document without an account; the oldest of the others becomes the default if it was. */
export const withoutAccount = (document: AccountsDocument, id: string): AccountsDocument => {
  const left = document.accounts.filter((record) => record.id !== id)
  const heir = left.some(({ isDefault }) => isDefault) ? null : ([...left].sort(byRank)[0]?.id ?? null)
  return {
    ...document,
    accounts: left.map((record) => (record.id === heir ? { ...record, isDefault: true } : record)),
    renewals: withRenewal(document, id, null),
  }
}

const withRenewal = ({ renewals }: AccountsDocument, id: string, renewal: Renewal | null) => {
  const { [id]: _, ...others } = renewals
  return renewal === null ? others : { ...others, [id]: renewal }
}
