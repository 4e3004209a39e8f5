import { ownOf } from '../../src-preload/contract/own'

/** Why a host was not reached, by the names of system errors (errno(3), getaddrinfo(3)). */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
  ENETDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  EACCES: 'blocked',
  EPERM: 'blocked',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  ECONNABORTED: 'closed',
  EAI_AGAIN: 'no-name-server',
}

/** Why TLS was not agreed on, by the alerts of RFC 8446 (section 6) and the words of OpenSSL, BoringSSL and GnuTLS. */
const tlsReasons: readonly (readonly [RegExp, string])[] = [
  [/wrong version number|packet length too long|http request|unknown protocol/i, 'not-tls'],
  [/protocol version|unsupported (?:protocol|version)|no protocols available/i, 'tls'],
  [/certificate (?:is )?required/i, 'client-certificate'],
]

/** The fact `why` of a connection that failed in TLS, from what a library said of it. */
export const whyTls = (said: string): { readonly why: string } => ({
  why: tlsReasons.find(([pattern]) => pattern.test(said.replaceAll('_', ' ')))?.[1] ?? 'tls-failed',
})

/** The fact `why` of a host that was not reached, or nothing where the error says no more than that. */
export const whyUnreached = (code: string, message = ''): { readonly why?: string } => {
  if (code === 'EPROTO' || /^ERR_(?:SSL|TLS)_/.test(code)) return whyTls(`${code} ${message}`)
  const why = ownOf(reasons, code)
  return why === undefined ? {} : { why }
}

/** What ssh, git and libcurl write of the same. */
const said: readonly (readonly [RegExp, string])[] = [
  [/Connection refused/i, 'refused'],
  [/No route to host|(?:Network|Host) is (?:unreachable|down)/i, 'no-route'],
]

/** The same, from what a program wrote. */
export const whySaid = (text: string): { readonly why?: string } => {
  const why = said.find(([pattern]) => pattern.test(text))?.[1]
  return why === undefined ? {} : { why }
}
