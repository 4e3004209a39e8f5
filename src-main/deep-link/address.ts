import { issuerId, issuerIdPattern } from '../oauth/issuer-id'

/** The scheme that brings an answer back from the browser. */
export const scheme = 'cloudaipilot'

/**
 * The redirect URI for the deep link (RFC 8252 section 7.1), one for each host (RFC 9700 section 4.4.2.2). What tells
 * hosts apart stands where a server would have its name: some providers also send the browser to addresses below the
 * registered one, and none of those may be another host's.
 */
export const deepLinkCallback = (host: string): string => `${scheme}://oauth-${issuerId(host)}/callback`

/** The redirect URI of before each host had its own, the same for all of them. */
export const earlierDeepLink = `${scheme}://oauth/callback`

const callback = new RegExp(`^${scheme}://oauth(?:-${issuerIdPattern})?/callback$`)

/** Whether an address, without its query, is a redirect URI that any sign-in may have named. */
export const isDeepLinkCallback = (address: string): boolean => callback.test(address)

/** The link by which the app asks the system to call it back: proof that links reach this install. */
export const selfTestAddress = (nonce: string): string => `${scheme}://self-test/${nonce}`

/** How links that ask to show a repository begin: `cloudaipilot://repository?url=<clone address>`, for a page or a README. */
export const repositoryLink = `${scheme}://repository?`
