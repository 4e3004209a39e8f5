import type { Credential, HttpCredential, OAuthCredential, TokenCredential } from '../credentials/credential'
import { Secret } from '../credentials/secret'
import { createFetch } from '../network/create-fetch'
import { type CredentialSource, createHttp, type Http, type HttpParts } from '../providers/http'

/** The real way out to the network, without proxy or trusted certificates. */
export const testFetch = createFetch({
  userAgent: 'CloudAIPilot/test',
  proxyFor: async () => null,
  trustedCertificate: () => null,
})

/** A personal access token. */
export const token = (value: string, username: string | null = null): TokenCredential => ({
  kind: 'token',
  token: new Secret(value),
  username,
})

/** What a sign-in brings. */
export const oauth = (value: string, clientId = 'client'): OAuthCredential => ({
  kind: 'oauth',
  accessToken: new Secret(value),
  refreshToken: null,
  expiresAt: null,
  refreshExpiresAt: null,
  scopes: null,
  clientId,
  redirectUri: null,
})

/** A credential that can be renewed as often as `newer` has more. */
export const renewing = (first: HttpCredential, ...newer: HttpCredential[]): CredentialSource & { renewed: number } => {
  let now = first
  const source = {
    renewed: 0,
    current: async () => now,
    renew: async (refused: Credential) => {
      if (refused !== now) return now
      const next = newer.shift()
      if (next === undefined) return null
      source.renewed += 1
      now = next
      return next
    },
  }
  return source
}

/** A client that waits no real time; what it would have waited is kept in `waits`. */
export const connect = (
  parts: Pick<HttpParts, 'provider' | 'host'> & Partial<HttpParts>,
): { readonly http: Http; readonly waits: readonly number[] } => {
  const waits: number[] = []
  const http = createHttp({
    kind: 'token',
    credentials: renewing(token('old-token-1234')),
    fetch: testFetch,
    wait: async (milliseconds) => {
      waits.push(milliseconds)
    },
    ...parts,
  })
  return { http, waits }
}
