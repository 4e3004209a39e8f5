import type { SignInOffer } from '../provider'
import { cloudHost, deployScopes, pages, signInScopes } from './hosts'

/**
 * Sign-in at GitLab; docs.gitlab.com, "OAuth 2.0 identity provider API". An application registered with "Confidential"
 * unticked needs no secret, neither for the exchange nor for renewal nor for revocation. Instances before 17.2 have no
 * device flow and answer 404 to its endpoint.
 */
export const signIn = (host: string): SignInOffer => {
  const page = pages(host)
  const tokenEndpoint = `${host}/oauth/token`
  return {
    redirect: {
      authorizationEndpoint: `${host}/oauth/authorize`,
      tokenEndpoint,
      needsSecret: false,
      clientAuthentication: 'body',
      deepLink: true,
      loopback: 'any-port',
      loopbackHost: '127.0.0.1',
      scopes: signInScopes,
      extra: {},
      // Callbacks are compared to the letter here, but those of other providers are not: no deep link.
      earlier: { deepLink: false, loopback: true, needsIssuer: host !== cloudHost },
    },
    device: { deviceAuthorizationEndpoint: `${host}/oauth/authorize_device`, tokenEndpoint, scopes: signInScopes },
    refresh: { needsSecret: false, sendRedirectUri: true, deadErrors: [] },
    deployScopes,
    errorsWithStatus200: false,
    token: { createUrl: page.newToken, username: null, scopes: [...signInScopes] },
    registration: { url: page.applications, needsSecret: false, scopes: ['api', ...signInScopes] },
    notes: host.startsWith('http:') ? ['insecure-http'] : [],
  }
}
