import { Failure } from '../../../src-preload/contract/outcome'
import type { HttpCredential, OAuthCredential } from '../../credentials/credential'
import type { Secret } from '../../credentials/secret'
import type { Vault, WriteAhead } from '../../credentials/vault'
import type { CredentialSource } from '../../providers/http'
import type { Renewal } from './accounts-document'
import { backoff } from './backoff'
import { decodeCredential, encodeCredential } from './credential-codec'
import { asFailure, asTold, familyOf } from './failure-families'
import { markedRequests } from './lost-answer'
import { sameToken, tokenOf } from './same-token'

/** An access token that was renewed so recently and is refused already will not get better by renewing it again. */
const tooFresh = 60_000
/** A call starts with a token that lives at least this long. */
const usualLife = 30_000

/** What the holder of one account's credential works with. */
export interface HolderParts {
  readonly accountId: string
  readonly provider: string
  readonly host: string
  readonly vault: Pick<Vault, 'get' | 'set' | 'writeAhead'>
  readonly now: () => number
  /** Whether the provider renews tokens at this host. */
  readonly renewable: (credential: OAuthCredential) => boolean
  /** How long the provider goes on taking a refresh token that was used, in ms; 0 where it works once. */
  readonly reuseMs: (credential: OAuthCredential) => number
  /** One token request. */
  readonly refresh: (credential: OAuthCredential) => Promise<OAuthCredential>
  /** See `markedRequests`. */
  readonly unfinished: () => Renewal | null
  readonly mark: (renewal: Renewal | null) => Promise<void>
  /** A new pair is durable. */
  readonly renewed: (credential: OAuthCredential) => Promise<void>
  /** The credential is over. */
  readonly ended: (failure: Failure) => Promise<void>
}

/**
 * The only place that reads and renews one account's credential. Renewals are single-flight; a new pair is durable
 * before anything else happens, in a place that was taken before it was asked for; a lost network, a busy server or a full
 * disk never end a credential.
 */
export interface CredentialHolder extends CredentialSource {
  current(life?: number): Promise<HttpCredential>
  renew(refused: HttpCredential, refusal?: Failure): Promise<HttpCredential | null>
  /** Renews now, however long the token still lives; a credential that can't be renewed is returned as it is. */
  renewNow(): Promise<HttpCredential>
  /** Takes over the credential of a new sign-in; durable when resolved. */
  replace(credential: HttpCredential): Promise<void>
  /** Forgets that the last try failed, because a person asks or the network is back. */
  retry(): void
  /** Every use fails with this from now on, until a new sign-in or `retry`. */
  end(failure: Failure): void
  /** Resolves when no renewal is under way. */
  settled(): Promise<void>
}

/** Name of an account's record in the vault. */
export const vaultName = (accountId: string): string => `account/${accountId}`

export const createCredentialHolder = (parts: HolderParts): CredentialHolder => {
  const { vault, now, host } = parts
  const name = vaultName(parts.accountId)
  let held: HttpCredential | null = null
  let loading: Promise<HttpCredential> | null = null
  /** Brought by a renewal, but not durable yet: kept until it is, because the old pair may be dead. */
  let unsaved: { readonly credential: OAuthCredential; readonly ahead: WriteAhead } | null = null
  let flight: Promise<HttpCredential> | null = null
  let over: Failure | null = null
  let trouble: { readonly failure: Failure; readonly until: number } | null = null
  let troubles = 0
  let renewedAt = Number.NEGATIVE_INFINITY
  /** The provider said at a call that the access was taken away; at the renewal it tells no more than that it is over. */
  let revoked = false
  /** Counts sign-ins, so that a renewal that was under way meanwhile does not overwrite the new credential. */
  let generation = 0

  const read = async (): Promise<HttpCredential> => {
    const value = await vault.get(name)
    const bound = value === null ? null : decodeCredential(value)
    if (bound === null || bound.provider !== parts.provider || bound.host !== host) {
      throw new Failure('auth-expired', { host, cause: value === null ? 'secret-missing' : 'secret-unreadable' })
    }
    return bound.credential
  }

  const load = (): Promise<HttpCredential> => {
    if (held !== null) return Promise.resolve(held)
    loading ??= read()
      .then(
        (credential) => {
          held ??= credential
          return held
        },
        async (error: unknown) => {
          const failure = asFailure(error)
          if (familyOf(failure) === 'ends') await finish(failure)
          throw failure
        },
      )
      .finally(() => {
        loading = null
      })
    return loading
  }

  const finish = async (failure: Failure): Promise<void> => {
    over = failure
    await parts.ended(failure)
  }

  const canRenew = (credential: HttpCredential): credential is OAuthCredential & { refreshToken: Secret } =>
    credential.kind === 'oauth' && credential.refreshToken !== null && parts.renewable(credential)

  const encode = (credential: HttpCredential) => encodeCredential({ provider: parts.provider, host, credential })

  const save = async ({ credential, ahead }: NonNullable<typeof unsaved>): Promise<HttpCredential> => {
    const mine = generation
    await vault.set(name, encode(credential))
    await ahead.close()
    if (mine !== generation) return load()
    held = credential
    unsaved = null
    trouble = null
    troubles = 0
    revoked = false
    renewedAt = now()
    await parts.renewed(credential)
    return credential
  }

  const { unfinishedOf, ask } = markedRequests(parts)

  const request = async (credential: OAuthCredential & { refreshToken: Secret }): Promise<HttpCredential> => {
    const mine = generation
    const ahead = await vault.writeAhead(name)
    try {
      const brought = await ask(credential)
      if (mine === generation) {
        unsaved = { credential: { ...brought, refreshToken: brought.refreshToken ?? credential.refreshToken }, ahead }
        // Where even this place fails the vault is tried next, and the pair stays in memory until it is durable.
        await ahead.write(encode(unsaved.credential)).catch(() => undefined)
      }
    } finally {
      if (unsaved?.ahead !== ahead) await ahead.close()
    }
    return unsaved?.ahead === ahead ? save(unsaved) : load()
  }

  const run = async (): Promise<HttpCredential> => {
    if (unsaved !== null) return save(unsaved)
    const credential = await load()
    if (!canRenew(credential)) return credential
    const mine = generation
    try {
      return await request(credential)
    } catch (error) {
      if (mine !== generation) return load()
      if (familyOf(asFailure(error)) !== 'ends') throw error
      // Somebody else may have renewed it, e.g. a copy of this profile: what the vault holds now decides.
      const stored = await read()
      if (!canRenew(stored) || sameToken(stored.refreshToken, credential.refreshToken)) throw error
      held = stored
      return request(stored)
    }
  }

  const renewNow = (): Promise<HttpCredential> => {
    flight ??= run()
      .catch(async (error: unknown) => {
        const failure = asTold(asFailure(error), revoked)
        if (familyOf(failure) === 'ends') await finish(failure)
        else trouble = { failure, until: now() + backoff(troubles++) }
        throw failure
      })
      .finally(() => {
        flight = null
      })
    return flight
  }

  /** A renewal, unless the last one failed a moment ago. */
  const renewCalmly = (): Promise<HttpCredential> =>
    trouble !== null && now() < trouble.until && flight === null ? Promise.reject(trouble.failure) : renewNow()

  /**
   * How long a token has to live to be used as it is. After a kill in mid-renewal the access token is tried as long as it
   * lives; where the provider still takes the refresh token that was used, that is tried at once, as long as it does.
   */
  const neededLife = (credential: OAuthCredential & { refreshToken: Secret }, life: number): number => {
    const renewal = flight === null && trouble === null ? unfinishedOf(credential) : null
    if (renewal === null) return life
    const since = now() - renewal.startedAt
    return since >= 0 && since < parts.reuseMs(credential) ? Number.POSITIVE_INFINITY : 0
  }

  return {
    current: async (life = usualLife) => {
      if (over !== null) throw over
      const credential = await load()
      if (!canRenew(credential) || credential.expiresAt === null) {
        return unsaved === null ? credential : renewCalmly()
      }
      const left = credential.expiresAt - now()
      if (flight === null && unsaved === null && left > neededLife(credential, life)) return credential
      try {
        return await renewCalmly()
      } catch (error) {
        const stillGood = held === credential && unsaved === null && over === null && credential.expiresAt > now()
        if (stillGood) return credential
        throw error
      }
    },
    renew: async (refused, refusal) => {
      if (over !== null) throw over
      const credential = await load()
      if (!sameToken(tokenOf(credential), tokenOf(refused))) return credential
      if (!canRenew(credential)) return null
      revoked = refusal?.code === 'auth-revoked'
      if (flight === null && unsaved === null && now() - renewedAt < tooFresh && now() >= renewedAt) return null
      return renewCalmly()
    },
    renewNow,
    replace: async (credential) => {
      generation += 1
      const dropped = unsaved
      unsaved = null
      await vault.set(name, encode(credential))
      await dropped?.ahead.close()
      held = credential
      over = null
      trouble = null
      troubles = 0
      renewedAt = Number.NEGATIVE_INFINITY
    },
    retry: () => {
      over = null
      trouble = null
      troubles = 0
    },
    end: (failure) => {
      over = failure
    },
    settled: async () => {
      while (flight !== null) await flight.catch(() => null)
    },
  }
}
