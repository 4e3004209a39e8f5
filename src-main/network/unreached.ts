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
  EPROTO: 'tls',
}

/** The fact `why` of a host that was not reached, or nothing where the error's name says no more than that. */
export const whyUnreached = (code: string): { readonly why?: string } => {
  const why = ownOf(reasons, code) ?? (/^ERR_(?:SSL|TLS)_/.test(code) ? 'tls' : undefined)
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
