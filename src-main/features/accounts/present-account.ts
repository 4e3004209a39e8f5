import type { Account } from '../../../src-preload/contract/entities/account'
import type { FailureData } from '../../../src-preload/contract/outcome'
import type { AccountRecord } from './account-record'

const day = 86_400_000

/** A token made by hand warns this long before its end. */
export const warnsBefore = 14 * day

/** What is true for the moment only and therefore not in the record. */
export interface Passing {
  readonly state: 'waiting' | 'checking'
  readonly reason: FailureData | null
}

export interface Surroundings {
  readonly all: readonly AccountRecord[]
  readonly passing: Passing | null
  readonly appsUsing: number
  readonly abilities: { readonly webhooks: boolean; readonly deployKeys: boolean }
  readonly now: number
}

/** An account as the window sees it. */
export const presentAccount = (
  record: AccountRecord,
  { all, passing, appsUsing, abilities, now }: Surroundings,
): Account => {
  const { viewerId: _, partial, ...facts } = record
  return {
    ...facts,
    addresses: [...record.addresses],
    scopes: record.scopes === null ? null : [...record.scopes],
    ...stateOf(record, passing, now),
    appsUsing,
    samePersonAs: twinsOf(record, all)[0]?.id ?? null,
    can: {
      refresh: true,
      revoke: true,
      list: record.kind !== 'ssh',
      webhooks: abilities.webhooks,
      deployKeys: abilities.deployKeys,
    },
  }
}

const stateOf = (
  record: AccountRecord,
  passing: Passing | null,
  now: number,
): { state: AccountRecord['state']; reason: FailureData | null } => {
  if (passing !== null) return { state: passing.state, reason: passing.reason }
  if (record.state !== 'connected') return { state: record.state, reason: record.reason }
  if (record.partial !== null) return { state: 'needs-attention', reason: record.partial }
  if (record.kind === 'token' && record.expiresAt !== null && record.expiresAt - now < warnsBefore) {
    return {
      state: 'needs-attention',
      reason: { code: 'expires-soon', facts: { host: record.host, until: String(record.expiresAt) } },
    }
  }
  return { state: 'connected', reason: null }
}

/** Other accounts of the same person at the same host. */
export const twinsOf = (record: AccountRecord, all: readonly AccountRecord[]): readonly AccountRecord[] =>
  record.viewerId === ''
    ? []
    : all.filter(
        ({ id, provider, host, viewerId }) =>
          id !== record.id && provider === record.provider && host === record.host && viewerId === record.viewerId,
      )
