import type { SignInOffer } from '../provider'
import { cloudHost, consumerScopes, pages, tokenScopes } from './hosts'

/** The port of the one callback address that a consumer can have. */
const callbackPort = 34_106

/**
 * Sign-in at Bitbucket Cloud; developer.atlassian.com, "OAuth 2.0". A consumer always has a secret, its one callback
 * address is compared with its port, and its scopes are ticked at its registration.
 */
export const signIn = (host: string): SignInOffer => {
  const page = pages(host)
  return {
    redirect: {
      authorizationEndpoint: `${host}/site/oauth2/authorize`,
      tokenEndpoint: `${host}/site/oauth2/access_token`,
      needsSecret: true,
      clientAuthentication: 'basic',
      deepLink: false,
      loopback: callbackPort,
      loopbackHost: 'localhost',
      scopes: [],
      extra: {},
      ...(host === cloudHost && { earlier: { deepLink: false, loopback: true, needsIssuer: false } }),
    },
    refresh: { needsSecret: true, sendRedirectUri: false, deadErrors: [] },
    errorsWithStatus200: false,
    token: { createUrl: page.tokens, username: 'email', scopes: [...tokenScopes] },
    registration: { url: page.consumers, needsSecret: true, scopes: [...consumerScopes] },
    notes: ['secret-needed', ...(host.startsWith('http:') ? (['insecure-http'] as const) : [])],
  }
}
