import { Failure } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import { saidName } from '../../src-preload/contract/plain-text'
import { whyUnreached } from './unreached'

/** Why a certificate was refused, by the codes of OpenSSL and Node. */
const certificateReasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  CERT_REVOKED: 'revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-issuer',
  CERT_SIGNATURE_FAILURE: 'broken',
  CERT_CHAIN_TOO_LONG: 'broken',
  CERT_UNTRUSTED: 'unknown-issuer',
  CERT_REJECTED: 'unknown-issuer',
  INVALID_CA: 'broken',
  INVALID_PURPOSE: 'broken',
  PATH_LENGTH_EXCEEDED: 'broken',
  HOSTNAME_MISMATCH: 'wrong-host',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-host',
}

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}

/** The reason for which TLS refused the server's certificate, or null when the error is about something else. */
export const certificateReason = (error: unknown): string | null => {
  const code = codeOf(error)
  return ownOf(certificateReasons, code) ?? (/^(CERT_|CRL_|UNABLE_TO_|ERROR_IN_CERT_)/.test(code) ? 'broken' : null)
}

/** Whether the server closed a kept connection under the request. */
export const isReset = (error: unknown): boolean => ['ECONNRESET', 'EPIPE'].includes(codeOf(error))

/**
 * Translates what node:http, node:tls and the proxy agents throw. Anything without a known code that did not come
 * from a proxy is a defect of ours and is thrown on as it is.
 */
export const toNetworkFailure = (error: unknown, host: string, proxy: string | null): unknown => {
  if (error instanceof Failure) return error
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : ''
  const options = { cause: error }
  const through = proxy === null ? {} : { proxy }

  if (proxy !== null && /authentication (?:failed|rejected)|no accepted authentication type/i.test(message)) {
    return new Failure('proxy-login', { host, proxy }, options)
  }
  if (code === 'ENOTFOUND' && proxy === null) return new Failure('host-not-found', { host }, options)
  if (code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') return new Failure('timed-out', { host, ...through }, options)
  // A token that was pasted with a line break or a letter that no header can carry; Node names the header only.
  if (code === 'ERR_INVALID_CHAR' || code === 'ERR_UNESCAPED_CHARACTERS') {
    return new Failure('invalid-input', { host }, options)
  }
  if (code.startsWith('HPE_')) return new Failure('bad-answer', { host, why: 'not-http', detail: code }, options)
  if (/^(E(?!RR_)[A-Z0-9_]+|ERR_(SSL|TLS|SOCKET)_.+)$/.test(code)) {
    return new Failure('unreachable', { host, detail: code, ...whyUnreached(code, message), ...through }, options)
  }
  if (proxy !== null && error instanceof Error) {
    return new Failure('unreachable', { host, proxy, detail: saidName(message, 120) }, options)
  }
  return error
}
