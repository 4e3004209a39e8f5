import type { Secret } from './secret'

/** A pair from a token endpoint (RFC 6749 section 5.1) and what is needed to renew it. */
export interface OAuthCredential {
  readonly kind: 'oauth'
  readonly accessToken: Secret
  /** Absent where the provider issues none; then expiry means signing in again. */
  readonly refreshToken: Secret | null
  /** Unix ms after which the access token is refused, or null for "does not expire". */
  readonly expiresAt: number | null
  /** Unix ms after which the refresh token is refused, or null when unknown. */
  readonly refreshExpiresAt: number | null
  /** Granted scopes; null when the server did not say. */
  readonly scopes: readonly string[] | null
  /** Public client identifier it was issued to. The client secret, if any, is kept with the OAuth app, not here. */
  readonly clientId: string
  /** The redirect URI used, which some servers want again on refresh; null for the device flow. */
  readonly redirectUri: string | null
}

/** A personal access token or an API token; `username` goes with it where the provider uses Basic authentication. */
export interface TokenCredential {
  readonly kind: 'token'
  readonly token: Secret
  readonly username: string | null
}

/** A key pair of ours for SSH. `agent` means that a running ssh-agent holds the private half. */
export interface SshCredential {
  readonly kind: 'ssh'
  readonly privateKey: Secret | null
  readonly publicKey: string
  readonly passphrase: Secret | null
}

/** What an account signs in with. Lives in main and in the vault only. */
export type Credential = OAuthCredential | TokenCredential | SshCredential

/** The credentials that authorise HTTP requests. */
export type HttpCredential = OAuthCredential | TokenCredential
