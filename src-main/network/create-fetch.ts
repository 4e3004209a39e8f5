import type http from 'node:http'
import type { SecureContext } from 'node:tls'
import { Failure } from '../../src-preload/contract/outcome'
import { type Judge, openAgent } from './agents'
import { acceptedEncodings } from './body'
import { certificateSha256, type PeerCertificate, readCertificate } from './certificate'
import { exchange } from './exchange'
import type { Fetch } from './fetch'
import { isLoopback } from './loopback'
import { certificateReason, toNetworkFailure } from './network-failure'
import { proxyName } from './proxy/proxy-address'
import { type ProxyLogin, withLogin } from './proxy/proxy-login'
import { createRoots } from './roots'

/** What `createFetch` needs from the rest of the app. */
export interface FetchParts {
  /** Names the app to servers (RFC 9110 section 10.1.5); some refuse requests without it. */
  readonly userAgent: string
  /** `http:`, `https:` or `socks5:` address of the proxy for a request, or null for none. Loopback is never asked about. */
  readonly proxyFor: (url: string) => Promise<string | null>
  /** The login for a proxy that asked for one, or null. Absent: there are none. */
  readonly proxyLogin?: (proxy: string) => Promise<ProxyLogin | null>
  /** PEM of the one certificate that the person trusted for `host:port`, or null. */
  readonly trustedCertificate: (host: string) => string | null
  /** Trusted authorities; the system's unless given. */
  readonly roots?: () => Promise<SecureContext>
}

/** Thrown by the judges below: carries the certificate out of the handshake. */
class CertificateSeen extends Error {
  readonly certificate: Buffer
  constructor(certificate: Buffer) {
    super('The certificate was not accepted')
    this.certificate = certificate
  }
}

/** `host:port` with the port written out, the name under which a trusted certificate is kept. */
export const trustName = (url: URL): string =>
  `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`

const fingerprint = (pem: string): string =>
  certificateSha256(Buffer.from(pem.replace(/-----[^-]+-----|\s+/g, ''), 'base64'))

/** Accepts what the usual checks accept, and beyond that exactly one certificate. */
const acceptOnly =
  (sha256: string): Judge =>
  (certificate, trusted) => {
    if (!trusted && certificateSha256(certificate) !== sha256) throw new CertificateSeen(certificate)
  }

const acceptNone: Judge = (certificate) => {
  throw new CertificateSeen(certificate)
}

const parse = (address: string | URL): URL => {
  try {
    const url = new URL(address)
    if (/^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url
  } catch (cause) {
    throw new Failure('invalid-input', {}, { cause })
  }
  throw new Failure('invalid-input')
}

const nameOf = (proxy: string | null): string | null => (proxy === null ? null : proxyName(proxy))

/** Logins in use, by proxy. What is tried first; a proxy that refuses it is asked about again. */
type Logins = Map<string, ProxyLogin>

/**
 * Does something through a proxy, and once more with a login when the proxy asks for one: nothing of a request that it refuses
 * with 407 has gone any further.
 */
const throughProxy = async <T>(
  proxy: string | null,
  logins: Logins,
  find: FetchParts['proxyLogin'],
  act: (proxy: string | null) => Promise<T>,
): Promise<T> => {
  if (proxy === null) return act(null)
  const used = logins.get(proxy) ?? null
  try {
    return await act(withLogin(proxy, used))
  } catch (error) {
    const failure = toNetworkFailure(error, '', proxyName(proxy))
    if (!(failure instanceof Failure) || failure.code !== 'proxy-login') throw error
    const offers = failure.facts.offers ?? ''
    const login = offers === '' || /\bbasic\b/i.test(offers) ? ((await find?.(proxy)) ?? null) : null
    const same = login?.username === used?.username && login?.password.reveal() === used?.password.reveal()
    if (login === null || same) {
      logins.delete(proxy)
      throw used === null ? error : new Failure('proxy-login', { ...failure.facts, refused: 'yes' }, { cause: error })
    }
    logins.set(proxy, login)
    try {
      return await act(withLogin(proxy, login))
    } catch (second) {
      const again = toNetworkFailure(second, '', proxyName(proxy))
      if (!(again instanceof Failure) || again.code !== 'proxy-login') throw second
      throw new Failure('proxy-login', { ...again.facts, refused: 'yes' }, { cause: second })
    }
  }
}

const isSafe = (method: string | undefined): boolean => /^(GET|HEAD)$/.test(method ?? 'GET')

/** The system's authorities are the same for everybody in this process. */
const systemRoots = createRoots()

/** Where and how a request goes: its proxy, authorities and the certificate trusted by hand. */
const routes = ({ proxyFor, trustedCertificate, roots = systemRoots }: FetchParts) => {
  return async (url: URL) => {
    const pem = url.protocol === 'https:' ? trustedCertificate(trustName(url)) : null
    return {
      proxy: isLoopback(url.hostname) ? null : await proxyFor(url.href),
      secureContext: url.protocol === 'https:' ? await roots() : null,
      trusted: pem === null ? null : fingerprint(pem),
    }
  }
}

/**
 * Reads the certificate that an https server shows, without sending it a request, whether it can be trusted or not.
 * Fails like `Fetch`.
 */
export const createCertificateReader = (parts: FetchParts) => {
  const routeTo = routes(parts)
  const logins: Logins = new Map()
  return async (address: string | URL): Promise<PeerCertificate> => {
    const url = parse(address)
    if (url.protocol !== 'https:') throw new Failure('invalid-input', { host: url.host })
    const { proxy, secureContext } = await routeTo(url)
    try {
      await throughProxy(proxy, logins, parts.proxyLogin, async (via) => {
        const agent = await openAgent({ url, proxy: via, keep: false, secureContext, judge: acceptNone })
        try {
          await exchange(url, {}, { agent, secureContext, proxy: nameOf(proxy) })
        } finally {
          agent.destroy()
        }
      })
    } catch (error) {
      if (error instanceof CertificateSeen) return await readCertificate(error.certificate)
      throw toNetworkFailure(error, url.host, nameOf(proxy))
    }
    throw new Failure('unreachable', { host: url.host })
  }
}

/** Builds the one way out to the network, on node:http and node:https. See `Fetch` for its promises. */
export const createFetch = (parts: FetchParts): Fetch => {
  const routeTo = routes(parts)
  const readPeer = createCertificateReader(parts)
  const agents = new Map<string, Promise<http.Agent>>()
  const logins: Logins = new Map()

  const untrusted = async (url: URL, why: string, seen: Promise<PeerCertificate>): Promise<Failure> => {
    const { pem: _, ...facts } = await seen
    return new Failure('certificate-untrusted', { host: trustName(url), why, ...facts })
  }

  return async (address, init = {}) => {
    const url = parse(address)
    const { proxy, secureContext, trusted } = await routeTo(url)
    const headers = { 'user-agent': parts.userAgent, 'accept-encoding': acceptedEncodings, ...init.headers }

    const attempt = async (keep: boolean, via: string | null) => {
      // One pool serves all hosts; a host with a certificate of its own has its own, so that trust stays with it.
      const key = [url.protocol, via, keep, trusted && trustName(url), trusted].join(' ')
      const judge = trusted === null ? null : acceptOnly(trusted)
      const agent = agents.get(key) ?? openAgent({ url, proxy: via, keep, secureContext, judge })
      agents.set(key, agent)
      return exchange(url, { ...init, headers }, { agent: await agent, secureContext, proxy: nameOf(proxy) })
    }

    try {
      // A request that must not be made twice gets a connection of its own: a kept one may be closing at this moment.
      return await throughProxy(proxy, logins, parts.proxyLogin, async (via) => {
        const response = isSafe(init.method)
          ? ((await attempt(true, via)) ?? (await attempt(false, via)))
          : await attempt(false, via)
        if (response === null) throw new Failure('unreachable', { host: url.host })
        // Behind a tunnel, 407 is the host's word and not the proxy's, which `exchange` sees.
        if (response.status === 407 && via === null) throw new Failure('proxy-login', { host: url.host, proxy: '' })
        return response
      })
    } catch (error) {
      const reason = certificateReason(error)
      if (reason !== null) throw await untrusted(url, reason, readPeer(url))
      if (error instanceof CertificateSeen) throw await untrusted(url, 'changed', readCertificate(error.certificate))
      throw toNetworkFailure(error, url.host, nameOf(proxy))
    }
  }
}
