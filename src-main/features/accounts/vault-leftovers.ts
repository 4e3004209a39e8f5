import type { AccountBook } from './account-book'
import type { AccountRecord } from './account-record'
import type { AccountsParts } from './accounts-parts'
import { decodeCredential } from './credential-codec'
import { endTime } from './renewal-time'

/**
 * Puts right what a kill between two writes left in the vault: a secret whose account was never written (or was lost
 * with a damaged file) becomes an account again, a copy for a revocation that never began goes.
 * @returns the accounts that came back
 */
export const clearLeftovers = async (
  { vault, clock, log }: Pick<AccountsParts, 'vault' | 'clock' | 'log'>,
  book: AccountBook,
  beginning: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const found: string[] = []
  for (const name of await vault.names()) {
    const [kind, id] = name.split('/', 2)
    if (id === undefined || beginning.has(id)) continue
    const revoking = book.document().revocations.some(({ accountId }) => accountId === id)
    if (kind === 'revocation' && !revoking) await vault.delete(name)
    if (kind !== 'account' || book.find(id) !== null) continue
    if (revoking) {
      await vault.delete(name)
      continue
    }
    const value = await vault.get(name)
    const bound = value === null ? null : decodeCredential(value)
    if (bound === null) {
      log.warn('A record of the vault could not be read and stays as it is', { id })
      continue
    }
    await book.add(stranger(id, bound, clock.now()))
    found.push(id)
  }
  return found
}

/** An account of which only the credential is known; the next check fills in the rest. */
const stranger = (
  id: string,
  { provider, host, credential }: NonNullable<ReturnType<typeof decodeCredential>>,
  now: number,
): AccountRecord => {
  const { hostname } = new URL(host)
  return {
    id,
    provider,
    host,
    kind: credential.kind,
    viewerId: '',
    login: hostname,
    name: hostname,
    label: '',
    isDefault: false,
    state: 'checking',
    reason: null,
    partial: null,
    addresses: [],
    namedAs: null,
    scopes: null,
    access: { selection: 'unknown', manageUrl: null, owners: [] },
    repositoryCount: null,
    expiresAt: endTime(credential),
    renewsAt: null,
    connectedAt: now,
    checkedAt: null,
    nextCheckAt: null,
  }
}
