import type { SignInOptions, SignInWay } from '../../../src-preload/contract/entities/provider'
import { callbacksToRegister } from '../../oauth/callbacks'
import type { OAuthClient } from '../../oauth/token-call'
import type { Provider, SignInOffer } from '../../providers/provider'
import { offerFor } from './offer-for'

/**
 * What an OAuth app lacks for a way, or null when it is complete.
 * @param outdated it was registered with callbacks that its host may not use any more
 */
export const missingFor = (
  offer: SignInOffer,
  way: SignInWay,
  client: OAuthClient | null,
  outdated = false,
): 'client-id' | 'client-secret' | 'callback' | null => {
  if (way !== 'redirect' && way !== 'device') return null
  if (client === null) return 'client-id'
  if (way !== 'redirect') return null
  if (offer.redirect?.needsSecret && client.clientSecret === null) return 'client-secret'
  return outdated ? 'callback' : null
}

/** How one provider lets people in at one host, given the OAuth app that is configured for it. */
export const toOptions = (
  provider: Provider,
  host: string,
  client: OAuthClient | null,
  deploys: boolean,
  outdated = false,
): SignInOptions => {
  const offer = offerFor(provider.signIn(host, client?.clientId ?? null), deploys)
  const { redirect, device, token, registration } = offer
  const offered: Readonly<Record<SignInWay, boolean>> = {
    redirect: redirect !== undefined,
    device: device !== undefined,
    token: token !== undefined,
    ssh: provider.card.ways.includes('ssh'),
  }
  const ways = provider.card.ways.filter((way) => offered[way])
  const notes = new Set([...offer.notes, ...(host.startsWith('http:') ? (['insecure-http'] as const) : [])])
  return {
    provider: provider.id,
    host,
    ways: ways.map((way) => ({ way, missing: missingFor(offer, way, client, outdated) })),
    token: token ? { ...token, scopes: [...token.scopes] } : null,
    registration: registration
      ? { ...registration, callbacks: redirect ? [...callbacksToRegister(host, redirect)] : [] }
      : null,
    notes: [...notes],
  }
}
