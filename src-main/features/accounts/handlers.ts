import type { contract } from '../../../src-preload/contract'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import type { AccountBook } from './account-book'
import type { AccountChecks } from './account-checks'
import type { AccountConnector } from './account-connector'
import type { AccountsParts } from './accounts-parts'

export interface HandlerParts {
  readonly parts: AccountsParts
  readonly book: AccountBook
  readonly checks: AccountChecks
  readonly connector: Pick<AccountConnector, 'replaceTwin'>
  readonly list: () => readonly Account[]
  readonly get: (id: string) => Account
  readonly useTypedAddress: (id: string, use: boolean) => Promise<void>
  readonly revoke: (id: string) => Promise<Awaited<ReturnType<Handlers<(typeof contract)['accounts']>['revoke']>>>
}

/** The accounts' side of the border. */
export const createHandlers = ({
  parts,
  book,
  checks,
  connector,
  list,
  get,
  useTypedAddress,
  revoke,
}: HandlerParts): Handlers<(typeof contract)['accounts']> => ({
  list: async () => [...list()],
  refresh: async ({ id }) => {
    book.get(id)
    await checks.check(id, { renew: true, asked: true })
    return get(id)
  },
  refreshAll: async () => {
    await checks.checkMany(
      book.all().map(({ id }) => id),
      { asked: true },
    )
    return [...list()]
  },
  rename: async ({ id, label }) => {
    book.get(id)
    await book.change(id, { label: label.replace(/[\x00-\x1f\x7f]+/g, ' ').trim() })
    return get(id)
  },
  setDefault: async ({ id }) => {
    book.get(id)
    await book.setDefault(id)
    return [...list()]
  },
  useTypedAddress: async ({ id, use }) => {
    await useTypedAddress(id, use)
    return get(id)
  },
  dependents: async ({ id }) => {
    book.get(id)
    return parts.dependentsOf(id)
  },
  replaceTwin: async ({ id }) => get((await connector.replaceTwin(id)).id),
  revoke: ({ id }) => revoke(id),
  receipts: async () => [...book.document().receipts],
  dismissReceipt: async ({ accountId }) => {
    if (!book.document().receipts.some((receipt) => receipt.accountId === accountId)) {
      throw new Failure('not-found', { what: 'receipt' })
    }
    await book.update((document) => ({
      ...document,
      receipts: document.receipts.filter((receipt) => receipt.accountId !== accountId),
    }))
    return undefined
  },
  manageAccess: async ({ id, owner }) => {
    const { access } = book.get(id)
    const own = owner === null ? undefined : access.owners.find(({ name }) => name === owner)?.manageUrl
    const page = own ?? access.manageUrl
    if (page === null) throw new Failure('not-found', { what: 'page' })
    await parts.openPage(page)
    return undefined
  },
})
