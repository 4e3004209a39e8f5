import { Failure } from '../../../src-preload/contract/outcome'
import { addressesOf, type Callbacks, callbacksToRegister, earlierCallbacks, ownCallbacks } from '../../oauth/callbacks'
import type { OAuthClient } from '../../oauth/token-call'
import type { SignInOffer } from '../../providers/provider'
import type { Issuers } from './issuers'

/** Whose callbacks are asked for. */
export interface CallbackSubject {
  readonly provider: string
  readonly host: string
  readonly redirect: NonNullable<SignInOffer['redirect']>
  readonly client: OAuthClient
}

/**
 * Where the answers for an OAuth app come back to. Null when it was registered with callbacks that hosts once shared and
 * that this host may not use any more: another server could then have a code sent to it that belongs to this one.
 */
export const callbacksFor = async (
  { provider, host, redirect, client }: CallbackSubject,
  issuers: Issuers,
): Promise<Callbacks | null> => {
  if (client.callbacks !== 'earlier') return ownCallbacks(host, redirect)
  const callbacks = earlierCallbacks(provider, redirect)
  if (addressesOf(callbacks, redirect).length === 0) return null
  if (redirect.earlier?.needsIssuer !== false && !(await issuers.mustName(host, redirect))) return null
  return callbacks
}

/** Says which callback to register. */
export const callbackOutdated = ({ provider, host, redirect }: Omit<CallbackSubject, 'client'>): Failure =>
  new Failure('callback-outdated', {
    provider,
    host: new URL(host).host,
    callback: callbacksToRegister(host, redirect)[0] ?? '',
  })
