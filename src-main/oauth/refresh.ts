import * as oauth from 'oauth4webapi'
import { Failure } from '../../src-preload/contract/outcome'
import type { OAuthCredential } from '../credentials/credential'
import type { Secret } from '../credentials/secret'
import { explainRefusal } from './explain'
import { toCredential } from './to-credential'
import { ask, type OAuthClient, prepare, type Refusal, type TokenCall } from './token-call'

/**
 * Renews a credential with exactly one request (RFC 6749 section 6). Where refresh tokens are single use the old pair is
 * dead once this has been sent, so the caller keeps the new one durable before it is used, and runs one at a time.
 * @param client the OAuth app as configured now; its secret is used only if it is the app that the token was issued to
 * @throws Failure `auth-expired` or `auth-revoked` when only signing in again helps. Everything else says nothing about
 * the credential: `client-id-missing`, `client-rejected`, `server-error`, `rate-limited`, and those of `ask` and `Fetch`
 */
export const refreshCredential = async (
  parts: Omit<TokenCall, 'client'>,
  credential: OAuthCredential,
  client: OAuthClient | null,
): Promise<OAuthCredential> => {
  const { offer, host } = parts
  const { clientId, redirectUri, refreshToken } = credential
  const facts = { host: new URL(host).host }
  const address = tokenEndpointOf(parts, credential)
  if (refreshToken === null || !offer.refresh || address === null) throw new Failure('auth-expired', facts)
  const clientSecret = client?.clientId === clientId ? client.clientSecret : null
  if (offer.refresh.needsSecret && redirectUri !== null && clientSecret === null) {
    throw new Failure('client-id-missing', { ...facts, missing: 'client-secret' })
  }
  const call = { ...parts, client: { clientId, clientSecret } }
  const { server, client: registered, authentication, options } = prepare(call, 'token_endpoint', address)
  const extra = offer.refresh.sendRedirectUri && redirectUri !== null ? { redirect_uri: redirectUri } : {}
  const askedAt = call.now()
  const secrets: readonly Secret[] = [refreshToken, credential.accessToken, ...(clientSecret ? [clientSecret] : [])]
  const answered = await ask(call, secrets, async () =>
    oauth.processRefreshTokenResponse(
      server,
      registered,
      await oauth.refreshTokenGrantRequest(server, registered, authentication, refreshToken.reveal(), {
        ...options,
        additionalParameters: extra,
      }),
    ),
  )
  if (!answered.ok) throw explain(answered.refusal, parts, credential)
  return toCredential(answered.value, { host, clientId, redirectUri, requested: [], askedAt, previous: credential })
}

/** The device flow may have an endpoint of its own. */
const tokenEndpointOf = ({ offer }: Pick<TokenCall, 'offer'>, { redirectUri }: OAuthCredential): string | null => {
  const [first, second] = redirectUri === null ? [offer.device, offer.redirect] : [offer.redirect, offer.device]
  return (first ?? second)?.tokenEndpoint ?? null
}

/** The server's words where they name one reason only; most name both. */
const saysRevoked = (detail: string): boolean =>
  /revoked|does not exist/i.test(detail) && !/expired|invalid/i.test(detail)

/**
 * `invalid_grant` covers "expired" and "revoked" alike. A token that should still live was revoked; one of unknown life
 * ends by itself far more often than it is revoked.
 */
const explain = (
  refusal: Refusal,
  { offer, host, now }: Pick<TokenCall, 'offer' | 'host' | 'now'>,
  { refreshExpiresAt }: OAuthCredential,
): Failure => {
  const own = offer.refresh?.deadErrors.includes(refusal.error) ?? false
  if (refusal.error !== 'invalid_grant' && !own) {
    const failure = explainRefusal(refusal, host)
    // Of a refresh token every other refusal is about the app, never about the token.
    return failure.code === 'server-error' ? failure : new Failure('client-rejected', failure.facts)
  }
  const revoked = refreshExpiresAt === null ? saysRevoked(refusal.detail) : refreshExpiresAt > now()
  const code = revoked && !own ? 'auth-revoked' : 'auth-expired'
  return new Failure(code, { host: new URL(host).host, error: refusal.error })
}
