import * as oauth from 'oauth4webapi'
import { Failure } from '../../src-preload/contract/outcome'
import type { OAuthCredential } from '../credentials/credential'
import type { CallbackAnswer } from './callback-answer'
import { explainRefusal } from './explain'
import type { PendingSignIn } from './pending-sign-ins'
import { toCredential } from './to-credential'
import { ask, prepare, type TokenCall } from './token-call'

/** What was known of the server before it answered. */
export interface Expected {
  /** Whether it has to say who it is (RFC 9207 section 2.4). */
  readonly issuer: boolean
}

/**
 * Turns the answer to an authorization request into a credential (RFC 6749 section 4.1.3). The caller has taken `pending`
 * by the answer's state; the library checks the two once more and exchanges only what it has marked as checked.
 * @throws Failure `access-denied`, `client-rejected`, `client-id-missing`, `sign-in-expired`, `sign-in-mismatch`, `grant-exists`, and those of `ask`
 */
export const exchangeCode = async (
  call: TokenCall,
  pending: PendingSignIn,
  answer: CallbackAnswer,
  expected: Expected = { issuer: false },
): Promise<OAuthCredential> => {
  const { host, client, offer } = call
  const facts = { host: new URL(host).host }
  if (!offer.redirect) throw new Failure('client-rejected', facts)
  if (answer.issuer !== null && !isIssuer(answer.issuer, host, offer.redirect.authorizationEndpoint)) {
    throw new Failure('sign-in-mismatch', { ...facts, reason: 'issuer' })
  }
  if (answer.issuer === null && expected.issuer) {
    throw new Failure('sign-in-mismatch', { ...facts, reason: 'issuer-missing' })
  }
  if (answer.kind === 'error') {
    const { grantConflict } = offer.redirect
    if (grantConflict?.says.test(answer.detail))
      throw new Failure('grant-exists', { ...facts, url: grantConflict.page })
    throw explainRefusal({ error: answer.error, detail: '' }, host)
  }
  if (offer.redirect.needsSecret && client.clientSecret === null) {
    throw new Failure('client-id-missing', { ...facts, missing: 'client-secret' })
  }
  const {
    server,
    client: registered,
    authentication,
    options,
  } = prepare(call, 'token_endpoint', offer.redirect.tokenEndpoint)
  const { code } = answer
  const parameters = new URLSearchParams({ code: code.reveal(), state: answer.state.reveal() })
  const checked = oauth.validateAuthResponse(server, registered, parameters, pending.state.reveal())
  const askedAt = call.now()
  const secrets = [code, pending.verifier, ...(client.clientSecret ? [client.clientSecret] : [])]
  const answered = await ask(call, secrets, async () =>
    oauth.processAuthorizationCodeResponse(
      server,
      registered,
      await oauth.authorizationCodeGrantRequest(
        server,
        registered,
        authentication,
        checked,
        pending.redirectUri,
        pending.verifier.reveal(),
        options,
      ),
    ),
  )
  if (!answered.ok) throw explainRefusal(answered.refusal, host)
  const { clientId } = client
  const { redirectUri } = pending
  const requested = offer.redirect.scopes
  return toCredential(answered.value, { host, clientId, redirectUri, requested, askedAt, previous: null })
}

/**
 * RFC 9207 section 2.4. Issuers are not configured but known by where they are: below the connected host and above the
 * authorization endpoint, e.g. `https://host` or `https://host/login/oauth` for `https://host/login/oauth/authorize`.
 */
export const isIssuer = (issuer: string, host: string, authorizationEndpoint: string): boolean => {
  const path = `${issuer.replace(/\/$/, '')}/`
  return path.startsWith(`${host}/`) && authorizationEndpoint.startsWith(path)
}
