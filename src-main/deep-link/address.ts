/** The scheme that brings an answer back from the browser. */
export const scheme = 'cloudaipilot'

/**
 * The redirect URI for the deep link (RFC 8252 section 7.1). One address for every provider, as it has to be registered
 * by hand at each; which provider an answer belongs to follows from its state alone.
 */
export const callbackAddress = `${scheme}://oauth/callback`

/** The link by which the app asks the system to call it back: proof that links reach this install. */
export const selfTestAddress = (nonce: string): string => `${scheme}://self-test/${nonce}`

/** How links that ask to show a repository begin: `cloudaipilot://repository?url=<clone address>`, for a page or a README. */
export const repositoryLink = `${scheme}://repository?`
