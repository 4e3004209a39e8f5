import { createHash, randomBytes } from 'node:crypto'
import { Failure } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import type { SignInOffer } from '../providers/provider'
import { isSecureAddress } from './secure-address'

/** 256 random bits, safe in a URL: for `state` (RFC 9700 section 4.7) and for the code verifier (RFC 7636 section 4.1). */
export const randomValue = (): Secret => new Secret(randomBytes(32).toString('base64url'))

/** What an authorization request says (RFC 6749 section 4.1.1). */
export interface AuthorizationRequest {
  readonly redirect: NonNullable<SignInOffer['redirect']>
  readonly clientId: string
  readonly redirectUri: string
  readonly state: Secret
  readonly verifier: Secret
  /** OpenID Connect Core section 3.1.2.1, e.g. `select_account` for a second account of the same host. */
  readonly prompt?: string
}

/**
 * The page to open in the browser. PKCE with S256 goes along always, also where the server would not ask for it.
 * @throws Failure `address-refused` when the page is neither https nor on this computer
 */
export const authorizationPage = (request: AuthorizationRequest): URL => {
  const page = new URL(request.redirect.authorizationEndpoint)
  if (!isSecureAddress(page)) throw new Failure('address-refused', { host: page.host, reason: 'plain-http' })
  const { scopes, extra } = request.redirect
  const parameters = {
    ...extra,
    ...(request.prompt !== undefined && { prompt: request.prompt }),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state: request.state.reveal(),
    code_challenge: challengeOf(request.verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) page.searchParams.set(name, value)
  return page
}

/** RFC 7636 section 4.2. */
const challengeOf = (verifier: Secret): string =>
  createHash('sha256').update(verifier.reveal(), 'ascii').digest('base64url')
