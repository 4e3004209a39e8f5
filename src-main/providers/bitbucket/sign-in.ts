import { isLoopback } from '../../network/loopback'
import type { SignInOffer } from '../provider'
import { cloudHost, consumerScopes, deployTokenScopes, pages, tokenScopes } from './hosts'

/** The port of the one callback address that a consumer can have. */
const callbackPort = 34_106

/**
 * Whether a person may come back from this host by the browser. There is one Bitbucket Cloud, and it sends browsers to
 * whatever begins with a consumer's callback: a second host that listened at the same port could get its answers. A
 * server that stands in for it on this computer may.
 */
const comesBack = (host: string): boolean => host === cloudHost || isLoopback(new URL(host).hostname)

/**
 * Sign-in at Bitbucket Cloud; developer.atlassian.com, "OAuth 2.0". A consumer always has a secret, its one callback
 * address is compared with its port, and its scopes are ticked at its registration.
 */
export const signIn = (host: string): SignInOffer => {
  const page = pages(host)
  const redirect: NonNullable<SignInOffer['redirect']> = {
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
  }
  return {
    ...(comesBack(host) && {
      redirect,
      registration: { url: page.consumers, needsSecret: true, scopes: [...consumerScopes] },
    }),
    refresh: { needsSecret: true, sendRedirectUri: false, deadErrors: [], reuseMs: 10 * 60_000 },
    deployScopes: deployTokenScopes,
    errorsWithStatus200: false,
    token: { createUrl: page.tokens, username: 'email', scopes: [...tokenScopes] },
    notes: ['secret-needed', ...(host.startsWith('http:') ? (['insecure-http'] as const) : [])],
  }
}
