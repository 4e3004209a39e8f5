import type { SignInOffer } from '../provider'
import { cloudHost, pages } from './hosts'
import { signInScopes } from './scopes'

/** Client identifiers of GitHub Apps begin so; those of OAuth apps do not. */
const isGitHubApp = (clientId: string | null): boolean => clientId?.startsWith('Iv') ?? false

/**
 * Sign-in at GitHub; docs.github.com, "Authorizing OAuth apps". The redirect's code exchange and the renewal of what it
 * brought need the client secret, although PKCE is used; the device flow needs none. `offline_access` is not asked for:
 * deploy keys that an OAuth app made die with the token that made them, so these tokens had better not expire.
 */
export const signIn = (host: string, clientId: string | null = null): SignInOffer => {
  const page = pages(host)
  const app = isGitHubApp(clientId)
  // What a GitHub App may do is set at its registration and its installation, not by scopes.
  const scopes = app ? [] : signInScopes
  const tokenEndpoint = `${host}/login/oauth/access_token`
  return {
    redirect: {
      authorizationEndpoint: `${host}/login/oauth/authorize`,
      tokenEndpoint,
      needsSecret: true,
      clientAuthentication: 'body',
      deepLink: true,
      // A GitHub App's callback must match a registered one to the letter, so its port cannot vary.
      loopback: app ? null : 'any-port',
      loopbackHost: '127.0.0.1',
      scopes,
      extra: { prompt: 'select_account' },
      issuer: `${host}/login/oauth`,
      // An OAuth app may be sent to any address below its callback, with any query, so that another server here could
      // be made to look as if it had named itself. The one deep link of before is GitHub's own alone.
      ...(host === cloudHost && { earlier: { deepLink: true, loopback: true, needsIssuer: false } }),
    },
    device: { deviceAuthorizationEndpoint: `${host}/login/device/code`, tokenEndpoint, scopes },
    refresh: { needsSecret: true, sendRedirectUri: false, deadErrors: ['bad_refresh_token'] },
    errorsWithStatus200: true,
    token: { createUrl: page.newToken, username: null, scopes: [...signInScopes] },
    registration: { url: page.newOAuthApp, needsSecret: false, scopes: [...signInScopes] },
    notes: ['device-recommended', 'secret-needed', ...(host.startsWith('http:') ? (['insecure-http'] as const) : [])],
  }
}
