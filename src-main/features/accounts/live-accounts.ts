import { Failure } from '../../../src-preload/contract/outcome'
import { ownOf } from '../../../src-preload/contract/own'
import type { Secret } from '../../credentials/secret'
import type { HttpParts } from '../../providers/http'
import type { Provider, ProviderClient } from '../../providers/provider'
import { withTypedAddress } from '../../providers/typed-address'
import type { AccountBook } from './account-book'
import type { AccountRecord } from './account-record'
import type { AccountsParts } from './accounts-parts'
import { type CredentialHolder, createCredentialHolder } from './credential-holder'
import { asData, asFailure, endState, familyOf, isRefused, refusalOf, toldByEnd } from './failure-families'
import { endTime, renewalTime } from './renewal-time'

/** A vault that takes longer than this is waiting for somebody: a keychain's dialog may be open. */
const slowVault = 400

/** Waits before a refusal is believed, in ms: one that comes of an outage is gone at the next question or the one after it. */
const doubtsMs = [1_000, 3_000] as const

/** An account with what it takes to use it. */
export interface LiveAccount {
  readonly provider: Provider
  readonly holder: CredentialHolder
  readonly client: ProviderClient
  /** The same for deciding whether the credential still works: it doubts a refusal before it tells of it. */
  readonly checking: ProviderClient
}

/** The client, with links at the address that was typed where a person chose that. */
const addressed = (client: ProviderClient, { namedAs, host }: AccountRecord): ProviderClient =>
  namedAs === null ? client : withTypedAddress(client, { named: namedAs, typed: host })

/** Builds an account's holder and client once, when they are first used. */
export interface LiveAccounts {
  /** @throws Failure `not-found` for an account that is gone or that has no provider (SSH) */
  of(accountId: string): LiveAccount
  /** The holder if it was ever used. */
  holderOf(accountId: string): CredentialHolder | null
  /** Builds the client anew, because the account signs in another way now. */
  rebuild(accountId: string): void
  forget(accountId: string): void
  /** No renewal begins from now on; resolves when none is under way. */
  stop(): Promise<void>
}

export const createLiveAccounts = (parts: AccountsParts, book: AccountBook): LiveAccounts => {
  const { clock, log } = parts
  const holders = new Map<string, CredentialHolder>()
  const live = new Map<string, LiveAccount>()
  let stopped = false

  /** Shows the account as waiting while the vault does not answer or is locked. */
  const watchedGet = (accountId: string) => async (name: string) => {
    const calm = clock.after(slowVault, () =>
      book.setPassing(accountId, { state: 'waiting', reason: { code: 'keychain-locked', facts: {} } }),
    )
    try {
      const value: Secret | null = await parts.vault.get(name)
      book.setPassing(accountId, null)
      return value
    } catch (error) {
      const failure = asFailure(error)
      book.setPassing(accountId, familyOf(failure) === 'waits' ? { state: 'waiting', reason: asData(failure) } : null)
      throw failure
    } finally {
      calm()
    }
  }

  const createHolder = (accountId: string, provider: Provider, host: string): CredentialHolder => {
    const keep = async (what: string, write: Promise<void>) => {
      try {
        await write
      } catch (error) {
        // The credential itself is safe in the vault; the next check writes these facts again.
        log.warn('An account could not be written', { what, error })
      }
    }
    return createCredentialHolder({
      accountId,
      provider: provider.id,
      host,
      vault: {
        get: watchedGet(accountId),
        set: (name, value) => parts.vault.set(name, value),
        writeAhead: (name) => parts.vault.writeAhead(name),
      },
      now: () => clock.now(),
      renewable: ({ clientId }) => provider.signIn(host, clientId).refresh !== undefined,
      reuseMs: ({ clientId }) => provider.signIn(host, clientId).refresh?.reuseMs ?? 0,
      refresh: (credential) =>
        parts.refreshToken(credential, {
          provider: provider.id,
          host,
          offer: provider.signIn(host, credential.clientId),
        }),
      unfinished: () => ownOf(book.document().renewals, accountId) ?? null,
      mark: async (renewal) => {
        // Nobody would be there for its answer, and the old pair may be dead by then.
        if (stopped && renewal !== null) throw new Failure('cancelled')
        await book.change(accountId, {}, renewal)
      },
      renewed: (credential) =>
        keep(
          'renewed',
          book.change(
            accountId,
            {
              renewsAt: renewalTime(credential, clock.now()),
              expiresAt: endTime(credential),
              scopes: credential.scopes ?? book.find(accountId)?.scopes ?? null,
            },
            null,
          ),
        ),
      ended: (refused) => {
        const failure = toldByEnd(refused, book.find(accountId)?.expiresAt ?? null, clock.now())
        const change = { state: endState(failure), reason: asData(failure), renewsAt: null, nextCheckAt: null }
        return keep('ended', book.change(accountId, change, null))
      },
    })
  }

  const of = (accountId: string): LiveAccount => {
    const known = live.get(accountId)
    if (known !== undefined) return known
    const record = book.get(accountId)
    const provider = parts.providers.get(record.provider)
    if (!provider || record.kind === 'ssh') throw new Failure('not-found', { what: 'provider' })
    const holder = holders.get(accountId) ?? createHolder(accountId, provider, record.host)
    holders.set(accountId, holder)
    if (isRefused(record)) {
      holder.end(refusalOf(record))
    }
    const httpParts: HttpParts = {
      provider,
      host: record.host,
      kind: record.kind,
      namedAs: record.namedAs,
      credentials: { current: () => holder.current(), renew: (refused, refusal) => holder.renew(refused, refusal) },
      fetch: parts.fetch,
      now: () => clock.now(),
    }
    const account = {
      provider,
      holder,
      client: addressed(provider.client(parts.createHttp(httpParts)), record),
      checking: provider.client(parts.createHttp({ ...httpParts, doubtsMs })),
    }
    live.set(accountId, account)
    return account
  }

  return {
    of,
    holderOf: (accountId) => holders.get(accountId) ?? null,
    rebuild: (accountId) => {
      live.delete(accountId)
    },
    forget: (accountId) => {
      live.delete(accountId)
      holders.delete(accountId)
    },
    stop: async () => {
      stopped = true
      await Promise.all([...holders.values()].map((holder) => holder.settled()))
    },
  }
}
