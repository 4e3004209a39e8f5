import type { Account, AccountState } from '../../../src-preload/contract/entities/account'
import type { FailureCode } from '../../../src-preload/contract/outcome'
import { hostName } from '../../failures/facts'
import { failureLine } from '../../failures/failure-text'
import type { StateTone } from '../../ui/state-mark'
import { formatRelative } from '../../ui/times'
import { words } from './words'

/** What a person calls the account. */
export const nameOf = (account: Account): string => account.label || account.login

/** Whether it works today but ends soon, and only a person can renew it. Main decides when that is. */
export const endsSoon = (account: Account): boolean => account.reason?.code === 'expires-soon'

const tones: Record<AccountState, StateTone> = {
  connected: 'good',
  'needs-attention': 'warn',
  expired: 'bad',
  revoked: 'bad',
  unreachable: 'away',
  waiting: 'idle',
  checking: 'busy',
}

/** Its state as a shape and a word. */
export const stateOf = (account: Account, now: number): { readonly tone: StateTone; readonly word: string } => {
  if (endsSoon(account) && account.expiresAt !== null) {
    return { tone: 'warn', word: words.expiresIn(formatRelative(account.expiresAt, now)) }
  }
  const sshWord = account.state === 'needs-attention' ? words.sshStates[account.reason?.code ?? ''] : undefined
  if (sshWord !== undefined) return { tone: 'bad', word: sshWord }
  const locked = account.state === 'waiting' && account.reason?.code === 'vault-locked'
  return { tone: tones[account.state], word: locked ? words.locked : words.states[account.state] }
}

/** Why it is not simply connected, in one line; null when there is nothing to say. */
export const reasonOf = (account: Account, providerTitle: string): string | null => {
  // A bar above the list says it once for all accounts.
  if (account.reason === null || account.state === 'waiting') return null
  if (endsSoon(account)) return words.madeByHand
  return failureLine(account.reason, {
    provider: providerTitle,
    host: hostName(account.host),
    kind: account.kind,
  })
}

/** The one thing a person would do next with this account. */
export type NextAction =
  | 'refresh'
  | 'reconnect'
  | 'replace-token'
  | 'unlock'
  | 'manage-access'
  | 'show-key'
  | 'show-certificate'
  | 'show-host-key'
  | 'open-host-keys'

const byReason: Partial<Record<FailureCode, NextAction>> = {
  'expires-soon': 'reconnect',
  'scope-missing': 'reconnect',
  'sso-required': 'manage-access',
  'access-restricted': 'manage-access',
  'repos-hidden': 'manage-access',
  'certificate-untrusted': 'show-certificate',
  'host-key-unknown': 'show-host-key',
  'host-key-changed': 'open-host-keys',
  'publickey-denied': 'show-key',
  'key-type-refused': 'show-key',
  'too-many-attempts': 'show-key',
  'auth-expired': 'reconnect',
  'auth-revoked': 'reconnect',
  'keychain-locked': 'unlock',
  'vault-locked': 'unlock',
}

/** Decides it from the state, then from the reason. */
export const nextActionOf = (account: Account): NextAction => {
  if (account.state === 'waiting') return 'unlock'
  if (account.state === 'expired' || account.state === 'revoked') {
    return account.kind === 'ssh' ? 'show-key' : 'reconnect'
  }
  const asked = account.reason === null ? undefined : byReason[account.reason.code]
  const canManage = account.access.manageUrl !== null || account.access.owners.some((owner) => owner.manageUrl !== null)
  if (asked === 'manage-access' && !canManage) return 'refresh'
  if (asked === 'reconnect' && account.kind === 'token') return 'replace-token'
  return asked ?? 'refresh'
}

/** Whether the filter's text occurs in what the row shows. */
export const matches = (account: Account, providerTitle: string, text: string): boolean =>
  [account.label, account.login, account.name, account.host, providerTitle, words.states[account.state]]
    .join(' ')
    .toLowerCase()
    .includes(text.trim().toLowerCase())
