import { expect, it } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import { certificateReason, toNetworkFailure } from './network-failure'

const error = (code: string, message = 'It failed') => Object.assign(new Error(message), { code })

it.each([
  ['ENOTFOUND', 'host-not-found'],
  ['EAI_AGAIN', 'unreachable'],
  ['ECONNREFUSED', 'unreachable'],
  ['ECONNRESET', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EPROTO', 'unreachable'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'unreachable'],
  ['ERR_TLS_HANDSHAKE_TIMEOUT', 'unreachable'],
  ['ETIMEDOUT', 'timed-out'],
  ['HPE_INVALID_CONSTANT', 'bad-answer'],
  ['HPE_HEADER_OVERFLOW', 'bad-answer'],
  ['ERR_INVALID_CHAR', 'invalid-input'],
])('%s is %s', (code, expected) => {
  expect(toNetworkFailure(error(code), 'git.example.org', null)).toMatchObject({
    code: expected,
    facts: { host: 'git.example.org' },
  })
})

it.each([
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'no-route'],
  ['ENETUNREACH', 'no-route'],
  ['ECONNRESET', 'closed'],
  ['EAI_AGAIN', 'no-name-server'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'not-tls'],
  ['EPROTO', 'not-tls', 'write EPROTO 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:'],
  ['EPROTO', 'tls', 'write EPROTO 80:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'client-certificate'],
  ['EPROTO', 'tls-failed', 'error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:'],
  ['ENOBUFS', undefined],
])('says of %s why: %s', (code, why, message = '') => {
  const failure = toNetworkFailure(error(code, message), 'x', null) as Failure
  expect([failure.code, failure.facts.why]).toEqual(['unreachable', why])
})

it.each([
  [error('ENOTFOUND'), 'unreachable'],
  [error('', 'Proxy connection ended before receiving CONNECT response'), 'unreachable'],
  [error('', 'Socks5 proxy rejected connection - HostUnreachable'), 'unreachable'],
  [error('', 'Socks5 Authentication failed'), 'proxy-login'],
  [error('', 'Received invalid Socks5 initial handshake (no accepted authentication type)'), 'proxy-login'],
])('through a proxy, %s is %s', (cause, expected) => {
  const failure = toNetworkFailure(cause, 'git.example.org', 'proxy.corp:3128')
  expect(failure).toMatchObject({ code: expected, facts: { proxy: 'proxy.corp:3128' } })
})

it('passes on failures, and defects as they are', () => {
  const failure = new Failure('cancelled')
  expect(toNetworkFailure(failure, 'x', null)).toBe(failure)
  const defect = new TypeError('undefined is not a function')
  expect(toNetworkFailure(defect, 'x', null)).toBe(defect)
  const misuse = error('ERR_INVALID_ARG_TYPE')
  expect(toNetworkFailure(misuse, 'x', null)).toBe(misuse)
})

it.each([
  ['CERT_HAS_EXPIRED', 'expired'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unknown-issuer'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'wrong-host'],
  ['UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 'broken'],
  ['ECONNRESET', null],
])('%s refuses a certificate as %s', (code, reason) => {
  expect(certificateReason(error(code))).toBe(reason)
})
