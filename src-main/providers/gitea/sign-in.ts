import type { SignInOffer } from '../provider'

export const codeberg = 'https://codeberg.org'

/** Scopes that list and clone; docs.gitea.com, "OAuth2 provider", "Scopes". */
export const signInScopes = ['read:user', 'read:repository'] as const
const deployScopes = ['read:user', 'write:repository'] as const

/** The page on which a person makes tokens, registers OAuth apps and takes access away. */
export const applicationsPage = (host: string): string => `${host}/user/settings/applications`

/**
 * Sign-in at Gitea and Forgejo; docs.gitea.com and forgejo.org, "OAuth2 provider". An app registered without
 * "Confidential client" needs no secret, but PKCE. Callbacks with a scheme of their own are not documented, so loopback
 * is the only road. An old or garbled refresh token is answered with `unauthorized_client`.
 */
export const signIn = (host: string): SignInOffer => {
  const page = applicationsPage(host)
  return {
    redirect: {
      authorizationEndpoint: `${host}/login/oauth/authorize`,
      tokenEndpoint: `${host}/login/oauth/access_token`,
      needsSecret: false,
      clientAuthentication: 'body',
      deepLink: false,
      loopback: 'any-port',
      loopbackHost: '127.0.0.1',
      scopes: signInScopes,
      extra: {},
      grantConflict: { says: /grant exists with different scope/i, page },
      earlier: { deepLink: false, loopback: true, needsIssuer: host !== codeberg },
    },
    refresh: { needsSecret: false, sendRedirectUri: false, deadErrors: ['unauthorized_client'] },
    deployScopes,
    errorsWithStatus200: false,
    token: { createUrl: page, username: null, scopes: [...signInScopes] },
    registration: { url: page, needsSecret: false, scopes: [] },
    // Whether the host holds tokens to their scopes shows only after signing in.
    notes: host.startsWith('http:') ? ['insecure-http'] : [],
  }
}
