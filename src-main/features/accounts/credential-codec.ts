import { array, literal, nullable, number, object, safeParse, string, variant } from 'valibot'
import type { HttpCredential } from '../../credentials/credential'
import { Secret } from '../../credentials/secret'

const Stored = object({
  version: literal(1),
  provider: string(),
  host: string(),
  credential: variant('kind', [
    object({
      kind: literal('oauth'),
      accessToken: string(),
      refreshToken: nullable(string()),
      expiresAt: nullable(number()),
      refreshExpiresAt: nullable(number()),
      scopes: nullable(array(string())),
      clientId: string(),
      redirectUri: nullable(string()),
    }),
    object({ kind: literal('token'), token: string(), username: nullable(string()) }),
  ]),
})

/**
 * A credential with the only place it may be sent to. The address is inside the sealed record, so that editing the
 * file of accounts can't direct a token elsewhere.
 */
export interface BoundCredential {
  readonly provider: string
  readonly host: string
  readonly credential: HttpCredential
}

/** The vault's record of a credential. */
export const encodeCredential = ({ provider, host, credential }: BoundCredential): Secret => {
  const revealed =
    credential.kind === 'oauth'
      ? {
          ...credential,
          accessToken: credential.accessToken.reveal(),
          refreshToken: credential.refreshToken?.reveal() ?? null,
        }
      : { ...credential, token: credential.token.reveal() }
  return new Secret(JSON.stringify({ version: 1, provider, host, credential: revealed }))
}

/** Reads a record back; null when it is not one of ours. */
export const decodeCredential = (value: Secret): BoundCredential | null => {
  const parsed = safeParse(Stored, parseJson(value.reveal()))
  if (!parsed.success) return null
  const { provider, host, credential } = parsed.output
  if (credential.kind === 'token') {
    return { provider, host, credential: { ...credential, token: new Secret(credential.token) } }
  }
  const { accessToken, refreshToken } = credential
  return {
    provider,
    host,
    credential: {
      ...credential,
      accessToken: new Secret(accessToken),
      refreshToken: refreshToken === null ? null : new Secret(refreshToken),
    },
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is one more way of not being a record of ours.
    return null
  }
}
