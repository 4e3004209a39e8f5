import { randomUUID } from 'node:crypto'
import { Failure } from '../../../src-preload/contract/outcome'
import type { HttpCredential } from '../../credentials/credential'
import type { ProviderClient, Viewer } from '../../providers/provider'
import { type AccountBook, withoutAccount } from './account-book'
import type { AccountConnector } from './account-connector'
import type { AccountRecord } from './account-record'
import type { AccountsParts } from './accounts-parts'
import { seenAs } from './check-account'
import { encodeCredential } from './credential-codec'
import { vaultName } from './credential-holder'
import { asData } from './failure-families'
import type { LiveAccounts } from './live-accounts'
import { twinsOf } from './present-account'
import { endTime, renewalTime } from './renewal-time'

export interface ConnectorParts {
  readonly parts: AccountsParts
  readonly book: AccountBook
  readonly live: LiveAccounts
  /** Accounts whose secret is kept already, but whose record is not. */
  readonly beginning: Set<string>
  readonly connected: (accountId: string) => void
  readonly removed: (accountId: string) => void
}

/** Makes accounts of credentials: secret first, record second, each durable before the next. */
export const createConnector = ({
  parts,
  book,
  live,
  beginning,
  connected,
  removed,
}: ConnectorParts): AccountConnector => {
  const { vault, clock } = parts

  const keepNew = async (
    record: Omit<AccountRecord, keyof ReturnType<typeof blank>>,
    credential: HttpCredential,
  ): Promise<AccountRecord> => {
    const fresh = blank(clock.now())
    const { id } = fresh
    beginning.add(id)
    try {
      await vault.set(vaultName(id), encodeCredential({ provider: record.provider, host: record.host, credential }))
      return await book.add({ ...fresh, ...record })
    } catch (error) {
      // Without its record the secret would be an account again at the next start, though the person was told it failed.
      await vault.delete(vaultName(id)).catch((second: unknown) => parts.log.warn('A secret is left over', { second }))
      throw error
    } finally {
      beginning.delete(id)
    }
  }

  /** The account to reconnect, if it is the same one. */
  const known = (id: string, provider: string, host: string): AccountRecord => {
    const record = book.get(id)
    if (record.provider !== provider || record.host !== host) throw new Failure('conflict', { host: record.host })
    return record
  }

  const reconnect = async (record: AccountRecord, change: Partial<AccountRecord>, credential: HttpCredential) => {
    // Killed between the two writes, the account is checked at the next start, whatever its state was before.
    await book.change(record.id, { state: 'checking', reason: null })
    await live.of(record.id).holder.replace(credential)
    await book.change(record.id, change, null)
    live.rebuild(record.id)
  }

  const add = async ({ viewer, repositoryCount, provider, host, credential }: Met): Promise<AccountRecord> => {
    const facts = factsOf(viewer, credential, clock.now())
    const account = await keepNew({ provider, host, repositoryCount, ...facts }, credential)
    connected(account.id)
    return account
  }

  return {
    connect: async ({ provider: providerId, host, credential, reconnects, signal }) => {
      const before = reconnects === null ? null : known(reconnects, providerId, host)
      const provider = parts.providers.get(providerId)
      if (!provider) throw new Failure('not-found', { what: 'provider' })
      const http = parts.createHttp({
        provider,
        host,
        kind: credential.kind,
        credentials: { current: async () => credential, renew: async () => null },
        fetch: parts.fetch,
        now: () => clock.now(),
      })
      const client = provider.client(http)
      const [viewer, repositoryCount] = await Promise.all([client.viewer(signal), countOf(client, signal)])
      const met = { viewer, repositoryCount, provider: providerId, host, credential }
      if (before === null) return { kind: 'connected', account: await add(met), repositoryCount }
      if (before.viewerId !== '' && before.viewerId !== viewer.id) {
        return { kind: 'different-person', login: viewer.login, keep: () => add(met) }
      }
      const count = repositoryCount ?? before.repositoryCount
      await reconnect(before, { ...factsOf(viewer, credential, clock.now()), repositoryCount: count }, credential)
      connected(before.id)
      return { kind: 'connected', account: book.get(before.id), repositoryCount: count }
    },

    replaceTwin: async (accountId) => {
      const fresh = book.get(accountId)
      const old = twinsOf(fresh, book.all()).find(({ kind }) => kind !== 'ssh')
      if (old === undefined || fresh.kind === 'ssh') throw new Failure('not-found', { what: 'account' })
      const { holder } = live.of(accountId)
      await holder.settled()
      const credential = await holder.current()
      // From here on only the older account may use and renew it.
      holder.end(new Failure('cancelled'))
      const { kind, viewerId, login, name, state, reason, scopes, access, expiresAt, renewsAt, checkedAt } = fresh
      const facts = { kind, viewerId, login, name, state, reason, scopes, access, expiresAt, renewsAt, checkedAt }
      await reconnect(old, { ...facts, repositoryCount: fresh.repositoryCount, nextCheckAt: null }, credential)
      await vault.delete(vaultName(accountId))
      await book.update((document) => withoutAccount(document, accountId))
      removed(accountId)
      connected(old.id)
      return book.get(old.id)
    },

    connectSsh: async ({ provider, host, login, name, fingerprint, address, reconnects }) => {
      const same = book
        .all()
        .find(
          (record) =>
            record.kind === 'ssh' && record.host === host && record.login === login && record.viewerId === fingerprint,
        )
      const id = reconnects === null ? (same?.id ?? null) : known(reconnects, provider, host).id
      const before = id === null ? null : book.get(id)
      const facts = {
        kind: 'ssh' as const,
        viewerId: fingerprint,
        login,
        name: before?.name ?? name,
        addresses: withAddress(before?.addresses ?? [], address),
        state: 'connected' as const,
        reason: null,
        scopes: null,
        access: { selection: 'unknown' as const, manageUrl: null, owners: [] },
        expiresAt: null,
        renewsAt: null,
        checkedAt: clock.now(),
        nextCheckAt: null,
      }
      if (before !== null) {
        await book.change(before.id, facts)
        return book.get(before.id)
      }
      return book.add({ ...blank(clock.now()), label: name, repositoryCount: null, provider, host, ...facts })
    },
  }
}

/** Most addresses that one account remembers. */
const keptAddresses = 50

/** The addresses with this one in front. */
export const withAddress = (addresses: readonly string[], address: string): readonly string[] =>
  [address, ...addresses.filter((other) => other !== address)].slice(0, keptAddresses)

/** A credential that worked, and whose it is. */
interface Met {
  readonly viewer: Viewer
  readonly repositoryCount: number | null
  readonly provider: string
  readonly host: string
  readonly credential: HttpCredential
}

const factsOf = (viewer: Viewer, credential: HttpCredential, now: number) => ({
  kind: credential.kind,
  ...seenAs(
    viewer,
    {
      kind: credential.kind,
      expiresAt: endTime(credential),
      scopes: credential.kind === 'oauth' ? credential.scopes : null,
    },
    viewer.attention === null ? null : asData(viewer.attention),
    now,
  ),
  renewsAt: renewalTime(credential, now),
})

/** What every new account starts with. */
const blank = (now: number) => ({
  id: randomUUID(),
  label: '',
  isDefault: false,
  partial: null,
  addresses: [],
  namedAs: null,
  connectedAt: now,
})

/** How many repositories there are, for the person to see at once. Unknown is no failure: the listing will tell why. */
const countOf = (client: ProviderClient, signal: AbortSignal | undefined): Promise<number | null> =>
  client.count(signal).catch((error: unknown) => {
    if (error instanceof Failure) return null
    throw error
  })
