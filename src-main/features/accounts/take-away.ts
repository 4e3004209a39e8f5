import type { Receipt } from '../../../src-preload/contract/entities/account'
import { Failure } from '../../../src-preload/contract/outcome'
import type { HttpCredential, OAuthCredential } from '../../credentials/credential'
import type { OAuthClient } from '../../oauth/token-call'
import type { ProviderClient } from '../../providers/provider'
import { asData, asFailure, familyOf } from './failure-families'

export type Step = Receipt['steps'][number]

/** Some providers take a token away a moment after they said so. */
const patience = [0, 1000, 3000]

export interface TakeAwayParts {
  readonly login: string
  /** A client that uses this very credential and never renews it. */
  readonly clientFor: (credential: HttpCredential) => ProviderClient
  readonly app: (credential: OAuthCredential) => Promise<OAuthClient | null>
  readonly refresh: (credential: OAuthCredential) => Promise<OAuthCredential>
  /** Makes a pair durable that came of proving that the old one is dead. */
  readonly keep: (credential: OAuthCredential) => Promise<void>
  /** The provider's page to finish by hand, where the account knew one. */
  readonly page: string | null
  readonly wait: (milliseconds: number) => Promise<void>
}

/**
 * Takes a credential away at the provider and proves it: a call with the access token and a renewal with the refresh
 * token have to be refused afterwards (RFC 7009 promises success even for tokens that the server never knew).
 * Never throws: what could not be reached is `queued`, what no program can do is `by-hand`.
 */
export const takeAway = async (credential: HttpCredential, parts: TakeAwayParts): Promise<readonly Step[]> => {
  const first = await round(credential, parts)
  // The proof itself brought a new pair: the server had not taken the old one away. Once more, with the new one.
  if (first.revived === null) return first.steps
  const second = await round(first.revived, parts)
  if (second.revived === null) return second.steps
  return second.steps.map((step) => (step.outcome === 'removed' ? { ...step, outcome: 'queued' as const } : step))
}

const round = async (
  credential: HttpCredential,
  parts: TakeAwayParts,
): Promise<{ readonly steps: readonly Step[]; readonly revived: OAuthCredential | null }> => {
  const asked = await askProvider(credential, parts)
  const step = (what: Step['what'], outcome: Step['outcome'], url: string | null, failure: Failure | null): Step => ({
    what,
    name: parts.login,
    outcome,
    url,
    failure: failure === null ? null : asData(failure),
  })
  const page = asked.page ?? parts.page
  const tokens: readonly Step['what'][] = hasRefreshToken(credential)
    ? ['access-token', 'refresh-token']
    : ['access-token']
  if (asked.outcome === 'by-hand' || asked.outcome === 'queued') {
    const url = asked.outcome === 'by-hand' ? page : null
    return { steps: tokens.map((what) => step(what, asked.outcome, url, asked.failure)), revived: null }
  }

  const access = await proveRefused(credential, asked.outcome, parts)
  const steps = [step('access-token', access.outcome, null, access.failure)]
  if (hasRefreshToken(credential)) {
    if (access.outcome === 'queued') {
      steps.push(step('refresh-token', 'queued', null, access.failure))
    } else {
      const refresh = await proveSpent(credential, asked.outcome, parts)
      if (refresh.revived !== null) {
        steps.push(step('refresh-token', 'queued', null, null))
        return { steps, revived: refresh.revived }
      }
      steps.push(step('refresh-token', refresh.outcome, refresh.outcome === 'by-hand' ? page : null, refresh.failure))
    }
  }
  // The tokens are gone; that the app was once allowed is listed at the provider until a person removes it there.
  if (credential.kind === 'oauth' && asked.page !== null) steps.push(step('authorization', 'kept', asked.page, null))
  return { steps, revived: null }
}

interface Asked {
  readonly outcome: Step['outcome']
  readonly page: string | null
  readonly failure: Failure | null
}

const askProvider = async (credential: HttpCredential, parts: TakeAwayParts): Promise<Asked> => {
  const { revoke } = parts.clientFor(credential)
  if (revoke === undefined) return { outcome: 'by-hand', page: parts.page, failure: null }
  try {
    const app = credential.kind === 'oauth' ? await parts.app(credential) : null
    const { revoked, page } = await revoke.run(credential, app)
    return { outcome: revoked ? 'removed' : 'by-hand', page, failure: null }
  } catch (error) {
    const failure = asFailure(error)
    switch (familyOf(failure)) {
      case 'ends':
        return { outcome: 'already-gone', page: null, failure: null }
      case 'passes':
      case 'waits':
        return { outcome: 'queued', page: null, failure }
      default:
        return { outcome: 'by-hand', page: parts.page, failure }
    }
  }
}

type Proof = { readonly outcome: Step['outcome']; readonly failure: Failure | null }

const proveRefused = async (
  credential: HttpCredential,
  success: Step['outcome'],
  parts: TakeAwayParts,
): Promise<Proof> => {
  const client = parts.clientFor(credential)
  for (const pause of patience) {
    if (pause > 0) await parts.wait(pause)
    try {
      await client.viewer()
    } catch (error) {
      const failure = asFailure(error)
      return familyOf(failure) === 'ends' ? { outcome: success, failure: null } : { outcome: 'queued', failure }
    }
  }
  return { outcome: 'queued', failure: new Failure('conflict', { what: 'token-still-works' }) }
}

const proveSpent = async (
  credential: OAuthCredential,
  success: Step['outcome'],
  parts: TakeAwayParts,
): Promise<Proof & { readonly revived: OAuthCredential | null }> => {
  try {
    const revived = await parts.refresh(credential)
    await parts.keep(revived)
    return { outcome: 'queued', failure: null, revived }
  } catch (error) {
    const failure = asFailure(error)
    switch (familyOf(failure)) {
      case 'ends':
        return { outcome: success, failure: null, revived: null }
      case 'asks':
        // The app that it was issued to is gone or refused: nobody can use this token, and nobody can prove it.
        return { outcome: 'by-hand', failure, revived: null }
      default:
        return { outcome: 'queued', failure, revived: null }
    }
  }
}

const hasRefreshToken = (credential: HttpCredential): credential is OAuthCredential =>
  credential.kind === 'oauth' && credential.refreshToken !== null
