import { Failure } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'
import { saidName } from '../../src-preload/contract/plain-text'
import { frontServers, intermediarySigns } from './intermediary-signs'
import { locationOf } from './location'
import { isLoopback } from './loopback'

/** What is looked at of an answer. Header names are lower-case. */
export interface SeenAnswer {
  readonly status: number
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON where the answer was, else text. */
  readonly body: unknown
}

/** Something between this computer and a host that answered in its place (RFC 9110 section 3.7: an intermediary). */
export interface Intermediary {
  /** Its name or the name of its host; null when it does not say. */
  readonly who: string | null
  /** `login`: it asks for a login of its own; `refused`: it does not pass the request on. */
  readonly why: 'login' | 'refused'
  /** The page that it leads to, without its query; null when it leads nowhere. */
  readonly page: string | null
}

/** Characters of a page that are looked at: marks stand at its beginning or in what it loads. */
const looked = 20_000

/** Whether a body is a web page or another document of markup, whatever its type says. */
export const isWebPage = ({ headers, body }: Pick<SeenAnswer, 'headers' | 'body'>): boolean =>
  typeof body === 'string' &&
  (/^\s*</.test(body) || (/\bx?html\b/i.test(headers['content-type'] ?? '') && body.includes('<')))

/** Names in hosts and paths of pages on which people log in or are held up. */
const logins =
  /(^|[./_-])(log-?[io]n|sign-?[io]n|sign_in|sso|saml2?|oauth2?|oidc|openid-connect|auth|authn|authorize|authenticate|idp|identity|accounts?|portal|captive|hotspot|guest|splash|gateway|block(ed|page)?|denied|wsfed|cas|challenge|verify)(?=[./_-]|$)/

/** Names of query parameters that say where to come back to, or that belong to a sign-in. */
const returns =
  /^(redirect(_?(ur[il]|to))?|return(_?(ur[il]|to))?|rd|rurl|next|continue|goto|dest(ination)?|target|orig(_?ur[il])?|url|from(uri|url)?|back|ru|service|relaystate|samlrequest|wctx|wreply|wa|client_id|response_type|userurl|uamip|zone)$/

/** In the path of an API's address: it is no page to log in on, and a repository below it may have any name. */
const api = /\/api\/v\d+(\/|$)/

/** Whether an address is where people are sent instead of where they wanted to go. */
const leadsToLogin = (target: URL, asked: URL): boolean => {
  const names = [...target.searchParams.keys()].some((name) => returns.test(name.toLowerCase()))
  const place = `${target.hostname}${target.pathname}`.toLowerCase()
  const page = !api.test(target.pathname)
  // A forge has accounts and sign-in pages of its own, to which its API does not redirect.
  if (target.origin === asked.origin)
    return page && logins.test(target.pathname.toLowerCase()) && (names || api.test(asked.pathname))
  if (target.pathname.endsWith(asked.pathname)) return false
  // No host moves its API to where nothing is encrypted; the sign-in page of a network is there.
  const plain = target.protocol === 'http:' && !isLoopback(target.hostname)
  return names || (page && (logins.test(place) || plain))
}

const loginPage =
  /<input[^>]+type\s*=\s*["']?password|<title>[^<]*(sign[ -]?in|log[ -]?[io]n|log ?in|anmeld|authenticat|access denied|blocked|just a moment)/i

const frontOf = ({ headers }: SeenAnswer): string | null =>
  frontServers.find(([server]) => server.test(headers.server ?? ''))?.[1] ?? null

const signOf = (answer: SeenAnswer, target: URL | null): string | null => {
  const page = isWebPage(answer) ? String(answer.body).slice(0, looked) : ''
  const place = target === null ? '' : `${target.host}${target.pathname}${target.search}`.toLowerCase()
  const sign = intermediarySigns.find(
    ({ redirect, header, page: shown }) =>
      (place !== '' && redirect?.test(place)) ||
      header?.says.test(ownOf(answer.headers, header.name) ?? '') ||
      (page !== '' && shown?.test(page)),
  )
  return sign?.who ?? null
}

/** Refusals that a host means itself, whatever they look like: not there, too slow, too large, too many. */
const ownPages: readonly number[] = [404, 408, 409, 410, 413, 429]

/** The reading of an answer that redirects. */
const byRedirect = (answer: SeenAnswer, target: URL): Intermediary | null => {
  const who = signOf(answer, target)
  if (who === null && !leadsToLogin(target, new URL(answer.url))) return null
  return { who: who ?? target.host, why: 'login', page: target.origin + target.pathname }
}

/** The reading of an answer by its page, its headers and its lack of data. */
const byContent = (answer: SeenAnswer): Intermediary | null => {
  const { status, headers, body } = answer
  const shown = isWebPage(answer)
  // Nearly every answer: data, as was asked for.
  if (status < 300 && !shown) return null
  const who = signOf(answer, null)
  const asks = status === 401 || status === 511 || (shown && loginPage.test(String(body).slice(0, looked)))
  const told: Intermediary = { who: who ?? frontOf(answer), why: asks ? 'login' : 'refused', page: null }
  if (status === 511) return told
  if (status < 300) return who !== null || asks ? { ...told, who, why: 'login' } : null
  if (status >= 500) return headers['cf-mitigated'] === undefined ? null : told
  if (ownPages.includes(status)) return shown && asks ? told : null
  if (who !== null || shown) return told
  // An interface that refuses says why as data; one line of text is what guards in front of it say (`RBAC: access denied`).
  return status === 403 && typeof body === 'string' && body.trim() !== '' ? told : null
}

/**
 * Who answered in the place of an interface that speaks JSON, or null when nothing says that it was not the interface:
 * a redirect to a login, a web page where data belongs, or a mark of a known product.
 */
export const intermediaryOf = (answer: SeenAnswer): Intermediary | null => {
  const target = answer.status >= 300 && answer.status < 400 ? locationOf(answer) : null
  return target === null ? byContent(answer) : byRedirect(answer, target)
}

/** That an intermediary answered in the place of a host, as a failure. */
export const intermediaryFailure = (
  { who, why, page }: Intermediary,
  { url, status }: Pick<SeenAnswer, 'url' | 'status'>,
) =>
  new Failure('intermediary-answered', {
    host: new URL(url).host,
    status: String(status),
    why,
    ...(who !== null && { who: saidName(who, 100) }),
    ...(page !== null && { page: saidName(page, 300) }),
  })
