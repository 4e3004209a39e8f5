import { array, literal, nullable, number, object, safeParse, string, variant } from 'valibot'
import type { Credential } from '../../credentials/credential'
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
    object({
      kind: literal('ssh'),
      privateKey: nullable(string()),
      publicKey: string(),
      passphrase: nullable(string()),
    }),
  ]),
})

/**
 * A credential with the only place it may be sent to. The address is inside the sealed record, so that editing the
 * file of accounts can't direct a token elsewhere.
 */
export interface BoundCredential {
  readonly provider: string
  readonly host: string
  readonly credential: Credential
}

const open = (secret: Secret | null) => secret?.reveal() ?? null
const seal = (value: string | null) => (value === null ? null : new Secret(value))

/** The vault's record of a credential. */
export const encodeCredential = ({ provider, host, credential }: BoundCredential): Secret => {
  const revealed =
    credential.kind === 'oauth'
      ? {
          ...credential,
          accessToken: credential.accessToken.reveal(),
          refreshToken: open(credential.refreshToken),
        }
      : credential.kind === 'token'
        ? { ...credential, token: credential.token.reveal() }
        : { ...credential, privateKey: open(credential.privateKey), passphrase: open(credential.passphrase) }
  return new Secret(JSON.stringify({ version: 1, provider, host, credential: revealed }))
}

/** Reads a record back; null when it is not one of ours. */
export const decodeCredential = (value: Secret): BoundCredential | null => {
  const parsed = safeParse(Stored, parseJson(value.reveal()))
  if (!parsed.success) return null
  const { provider, host, credential } = parsed.output
  switch (credential.kind) {
    case 'oauth':
      return {
        provider,
        host,
        credential: {
          ...credential,
          accessToken: new Secret(credential.accessToken),
          refreshToken: seal(credential.refreshToken),
        },
      }
    case 'token':
      return { provider, host, credential: { ...credential, token: new Secret(credential.token) } }
    case 'ssh':
      return {
        provider,
        host,
        credential: {
          ...credential,
          privateKey: seal(credential.privateKey),
          passphrase: seal(credential.passphrase),
        },
      }
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
