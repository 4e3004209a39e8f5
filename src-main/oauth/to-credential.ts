import type { TokenEndpointResponse } from 'oauth4webapi'
import { Failure } from '../../src-preload/contract/outcome'
import type { OAuthCredential } from '../credentials/credential'
import { Secret } from '../credentials/secret'

/** What the answer does not say by itself. */
export interface CredentialContext {
  readonly host: string
  readonly clientId: string
  readonly redirectUri: string | null
  /** The scopes that were asked for: those are granted where the answer names none (section 5.1). Empty: none were. */
  readonly requested: readonly string[]
  /** Unix ms at which the request was sent: lifetimes count from here, so that a slow answer makes no token look younger. */
  readonly askedAt: number
  /** The credential that was renewed, or null for a first one. */
  readonly previous: OAuthCredential | null
}

/**
 * A successful answer of a token endpoint (RFC 6749 section 5.1) as a credential. A renewal that names no new refresh
 * token or scope keeps the old one (section 6).
 * @throws Failure `bad-answer` when a token could not be sent in a header, or is no bearer token (RFC 6750)
 */
export const toCredential = (answer: TokenEndpointResponse, context: CredentialContext): OAuthCredential => {
  const { previous, askedAt, requested } = context
  // Any other type is used in another way than as a bearer token (RFC 6749 section 7.1), which this app does not know.
  if (answer.token_type.toLowerCase() !== 'bearer') {
    throw new Failure('bad-answer', { host: new URL(context.host).host, reason: 'token-type' })
  }
  const after = (seconds: unknown): number | null =>
    typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? askedAt + Math.floor(seconds) * 1000 : null
  const rotated = answer.refresh_token
  return {
    kind: 'oauth',
    accessToken: toToken(answer.access_token, context.host),
    refreshToken: rotated === undefined ? (previous?.refreshToken ?? null) : toToken(rotated, context.host),
    expiresAt: after(answer.expires_in),
    refreshExpiresAt:
      after(answer.refresh_token_expires_in) ?? (rotated === undefined ? (previous?.refreshExpiresAt ?? null) : null),
    scopes: scopesOf(answer) ?? previous?.scopes ?? (requested.length > 0 ? requested : null),
    clientId: context.clientId,
    redirectUri: context.redirectUri,
  }
}

const toToken = (value: string, host: string): Secret => {
  if (!/^[\x21-\x7e]{1,16384}$/.test(value)) throw new Failure('bad-answer', { host: new URL(host).host })
  return new Secret(value)
}

/** Separated by spaces (section 3.3); some servers use commas, and one called the member `scopes` until 2026. */
const scopesOf = ({ scope, scopes }: TokenEndpointResponse): readonly string[] | null => {
  const said = scope ?? (typeof scopes === 'string' ? scopes : undefined)
  const list = said?.split(/[\s,]+/).filter((name) => /^[\x21-\x7e]{1,200}$/.test(name))
  return list && list.length > 0 ? list : null
}
