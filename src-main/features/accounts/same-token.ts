import type { HttpCredential } from '../../credentials/credential'
import type { Secret } from '../../credentials/secret'

/** The token that calls are made with. */
export const tokenOf = (credential: HttpCredential): Secret =>
  credential.kind === 'oauth' ? credential.accessToken : credential.token

/** Whether two tokens are the same. */
export const sameToken = (one: Secret, other: Secret): boolean => one.reveal() === other.reveal()
