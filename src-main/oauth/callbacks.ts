import { deepLinkCallback, earlierDeepLink } from '../deep-link/address'
import type { SignInOffer } from '../providers/provider'
import { issuerId } from './issuer-id'

type Redirect = NonNullable<SignInOffer['redirect']>

/** Where the answers of one host come back to. Null: not by this road. */
export interface Callbacks {
  /** The whole address. */
  readonly deepLink: string | null
  /** The path of the address on this computer, whose port may vary. */
  readonly loopbackPath: string | null
}

/**
 * The callbacks of one host and no other, so that a code is sent to the token endpoint of the host that issued it and
 * nowhere else (RFC 9700 section 4.4.2.2).
 */
export const ownCallbacks = (host: string, { deepLink, loopback }: Redirect): Callbacks => ({
  deepLink: deepLink ? deepLinkCallback(host) : null,
  loopbackPath: loopback === null ? null : `/oauth-${issuerId(host)}/callback`,
})

/** The callbacks of before, as far as this host may still use them: all its provider's hosts had the same. */
export const earlierCallbacks = (provider: string, { deepLink, loopback, earlier }: Redirect): Callbacks => ({
  deepLink: deepLink && earlier?.deepLink === true ? earlierDeepLink : null,
  loopbackPath: loopback !== null && earlier?.loopback === true ? `/oauth/callback/${provider}` : null,
})

/** Where a host has to be told to send the browser, in the order in which the roads are tried. */
export const addressesOf = ({ deepLink, loopbackPath }: Callbacks, redirect: Redirect): readonly string[] => {
  const port = typeof redirect.loopback === 'number' ? `:${redirect.loopback}` : ''
  return [
    ...(deepLink === null ? [] : [deepLink]),
    ...(loopbackPath === null ? [] : [`http://${redirect.loopbackHost}${port}${loopbackPath}`]),
  ]
}

/** The callback addresses to register at a host. */
export const callbacksToRegister = (host: string, redirect: Redirect): readonly string[] =>
  addressesOf(ownCallbacks(host, redirect), redirect)

/**
 * The part of an address before its query, to be compared to the letter with a redirect URI. Only the scheme's case (RFC
 * 3986 section 3.1) and one slash before the query, which some servers add, make no difference.
 */
export const addressOf = (landed: string): string => {
  const [whole = ''] = landed.split(/[?#]/, 1)
  const colon = whole.indexOf(':')
  return (whole.slice(0, colon).toLowerCase() + whole.slice(colon)).replace(/\/$/, '')
}
