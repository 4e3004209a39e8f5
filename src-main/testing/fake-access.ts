import { Failure } from '../../src-preload/contract/outcome'
import type { AccountAccess } from '../features/accounts/account-access'
import type { AccountRecord } from '../features/accounts/account-record'
import type { ProviderClient } from '../providers/provider'
import { createTokenProvider } from './token-provider'

/** An account record with what a test says, and the usual for the rest. */
export const accountRecord = (facts: Partial<AccountRecord> & Pick<AccountRecord, 'id'>): AccountRecord => ({
  provider: 'forge',
  host: 'https://forge.example',
  kind: 'oauth',
  viewerId: facts.id,
  login: facts.id,
  name: facts.id,
  label: '',
  isDefault: false,
  state: 'connected',
  reason: null,
  partial: null,
  addresses: [],
  namedAs: null,
  scopes: null,
  access: { selection: 'all', manageUrl: null, owners: [] },
  repositoryCount: null,
  expiresAt: null,
  renewsAt: null,
  connectedAt: 0,
  checkedAt: null,
  nextCheckAt: null,
  ...facts,
})

/** Accounts with clients that are plain objects. */
export interface FakeAccess extends AccountAccess {
  accounts: readonly AccountRecord[]
  readonly clients: Map<string, Partial<ProviderClient>>
  /** What was told by `met`: `id ok`, or `id` and the failure's code. */
  readonly told: string[]
}

export const fakeAccess = (accounts: readonly AccountRecord[]): FakeAccess => {
  const provider = createTokenProvider()
  const access: FakeAccess = {
    accounts,
    clients: new Map(),
    told: [],
    records: () => access.accounts,
    record: (id) => {
      const record = access.accounts.find((account) => account.id === id)
      if (record === undefined) throw new Failure('not-found', { what: 'account' })
      return record
    },
    open: (id) => ({ provider, record: access.record(id), client: access.clients.get(id) as ProviderClient }),
    gitCredential: async () => {
      throw new Failure('not-found')
    },
    reached: async () => undefined,
    met: (id, outcome) => {
      access.told.push(
        outcome.ok ? `${id} ok` : `${id} ${outcome.error instanceof Failure ? outcome.error.code : 'defect'}`,
      )
    },
  }
  return access
}
