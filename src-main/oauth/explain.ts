import { Failure, type FailureCode } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import type { Refusal } from './token-call'

/**
 * Error codes of RFC 6749 sections 4.1.2.1 and 5.2, of RFC 8628 section 3.5, and those that servers in the field use
 * beside them. Any other code means that the server does not accept the app as it is registered or configured.
 */
const codes: Readonly<Record<string, FailureCode>> = {
  access_denied: 'access-denied',
  server_error: 'server-error',
  temporarily_unavailable: 'server-error',
  // The code was used, is over ten minutes old, or was never issued: only a new sign-in helps.
  invalid_grant: 'sign-in-expired',
  bad_verification_code: 'sign-in-expired',
  expired_token: 'sign-in-expired',
  incorrect_device_code: 'sign-in-expired',
  device_flow_disabled: 'device-flow-disabled',
  unsupported_grant_type: 'device-flow-disabled',
}

/** What a refusal means while somebody is signing in. */
export const explainRefusal = ({ error, detail }: Pick<Refusal, 'error' | 'detail'>, host: string): Failure =>
  new Failure(ownOf(codes, error) ?? 'client-rejected', {
    host: new URL(host).host,
    error,
    ...(detail !== '' && { detail }),
  })
