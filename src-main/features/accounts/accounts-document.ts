import {
  array,
  boolean,
  type GenericSchema,
  nullable,
  number,
  object,
  optional,
  picklist,
  record,
  string,
} from 'valibot'
import {
  Access,
  accountKinds,
  accountStates,
  Receipt,
  ReceiptStep,
} from '../../../src-preload/contract/entities/account'
import { FailureData } from '../../../src-preload/contract/outcome'
import type { AccountRecord } from './account-record'
import { Made } from './release-made'

const StoredAccount = object({
  id: string(),
  provider: string(),
  host: string(),
  kind: picklist(accountKinds),
  viewerId: string(),
  login: string(),
  name: string(),
  label: string(),
  isDefault: boolean(),
  state: picklist(accountStates),
  reason: nullable(FailureData),
  partial: nullable(FailureData),
  /** Absent in files of versions before it was kept. */
  addresses: optional(array(string()), []),
  /** Absent in files of versions before it was kept. */
  namedAs: optional(nullable(string()), null),
  scopes: nullable(array(string())),
  access: Access,
  repositoryCount: nullable(number()),
  expiresAt: nullable(number()),
  renewsAt: nullable(number()),
  connectedAt: number(),
  checkedAt: nullable(number()),
  nextCheckAt: nullable(number()),
})

/**
 * Written before a refresh token is sent and removed when its successor is durable. One that is found at start says
 * that the token may be spent: the access token is tried first, then the refresh token once (RFC 9700 section 4.14).
 */
const Renewal = object({
  /** SHA-256 of the refresh token that was sent, hexadecimal. */
  oldRefreshHash: string(),
  startedAt: number(),
})

/** Access that is still to be taken away at the provider. The secret it needs is in the vault under `revocation/<accountId>`. */
const PendingRevocation = object({
  accountId: string(),
  provider: string(),
  host: string(),
  login: string(),
  kind: picklist(accountKinds),
  /** Of the key of an SSH account. */
  fingerprint: optional(nullable(string()), null),
  /** The provider's page to finish it by hand, as far as the account knew one. */
  page: nullable(string()),
  /** What was made through it and is still there; its token is needed for that and goes last. */
  made: optional(array(Made), []),
  /** What became of those that are settled. */
  released: optional(array(ReceiptStep), []),
  at: number(),
  attempts: number(),
  nextTryAt: number(),
})

/** The file of accounts: facts only, no secret. */
export const AccountsDocument = object({
  accounts: array(StoredAccount) satisfies GenericSchema<unknown, readonly AccountRecord[]>,
  renewals: record(string(), Renewal),
  revocations: array(PendingRevocation) satisfies GenericSchema<unknown, readonly PendingRevocation[]>,
  receipts: array(Receipt),
})

export interface Renewal {
  readonly oldRefreshHash: string
  readonly startedAt: number
}

export interface PendingRevocation {
  readonly accountId: string
  readonly provider: string
  readonly host: string
  readonly login: string
  readonly kind: AccountRecord['kind']
  readonly fingerprint: string | null
  readonly page: string | null
  readonly made: readonly Made[]
  readonly released: Receipt['steps']
  readonly at: number
  readonly attempts: number
  readonly nextTryAt: number
}

/** What the store holds, as the feature sees it. */
export interface AccountsDocument {
  readonly accounts: readonly AccountRecord[]
  readonly renewals: Readonly<Record<string, Renewal>>
  readonly revocations: readonly PendingRevocation[]
  readonly receipts: readonly Receipt[]
}

/** The document of a fresh install. */
export const noAccounts: AccountsDocument = { accounts: [], renewals: {}, revocations: [], receipts: [] }
