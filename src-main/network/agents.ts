import http from 'node:http'
import https from 'node:https'
import tls from 'node:tls'
import type { HttpsProxyAgent } from 'https-proxy-agent'
import { Failure } from '../../src-preload/contract/outcome'

/** Sockets that wait for the next request are closed after this long, in ms. */
const keptFor = 20_000
/** How long a TLS handshake may take, in ms. */
const handshakeTime = 15_000

/**
 * Decides on a server's certificate (DER) before any byte of a request goes out; throws to refuse. `trusted`: the
 * usual checks passed.
 */
export type Judge = (certificate: Buffer, trusted: boolean) => void

/** How a request travels. */
export interface Route {
  readonly url: URL
  /** Proxy address, or null for a direct connection. */
  readonly proxy: string | null
  /** Whether a connection may be kept for the next request. */
  readonly keep: boolean
  readonly secureContext: tls.SecureContext | null
  readonly judge: Judge | null
}

/** Waits for the handshake and asks `judge`. A refused socket is destroyed. */
const admit = (socket: tls.TLSSocket, judge: Judge): Promise<tls.TLSSocket> =>
  new Promise((resolve, reject) => {
    const settle = (error: unknown) => {
      socket.off('timeout', late).off('error', settle).off('close', gone).setTimeout(0)
      if (error === null) return resolve(socket)
      // A refused socket may still report that it was cut off; nobody is left to hear it.
      socket.on('error', () => undefined).destroy()
      reject(error)
    }
    const late = () => settle(new Failure('timed-out'))
    const gone = () => settle(new Failure('unreachable'))
    socket.setTimeout(handshakeTime).on('timeout', late).on('error', settle).on('close', gone)
    socket.once('secureConnect', () => {
      try {
        judge(socket.getPeerCertificate(true).raw, socket.authorized)
        settle(null)
      } catch (error) {
        settle(error)
      }
    })
  })

const direct = ({ url, keep, secureContext, judge }: Route): http.Agent => {
  const options = { keepAlive: keep, timeout: keptFor, scheduling: 'lifo' as const }
  if (url.protocol === 'http:') return new http.Agent(options)
  const agent = new https.Agent(options)
  if (judge !== null && secureContext !== null) {
    // A socket of our own keeps no TLS session, because a resumed one would skip the check of the host's name.
    agent.createConnection = ({ host, port, servername }: https.RequestOptions, done) => {
      const target = { host: host ?? url.hostname, port: Number(port), servername: servername ?? '' }
      const socket = tls.connect({ ...target, secureContext, rejectUnauthorized: false })
      admit(socket, judge).then(
        (admitted) => done?.(null, admitted),
        (error: Error) => done?.(error, socket),
      )
      return undefined
    }
  }
  return agent
}

/** An agent of the proxy packages: `connect` opens the tunnel and, for https, starts TLS in it. */
interface TunnelAgent extends http.Agent {
  connect: HttpsProxyAgent<string>['connect']
}

const tunnelled = async (proxy: URL, { keep, secureContext, judge }: Route): Promise<http.Agent> => {
  const options = { keepAlive: keep, timeout: keptFor, ...(secureContext !== null && { secureContext }) }
  const open = async (): Promise<TunnelAgent> => {
    if (/^https?:$/.test(proxy.protocol)) return new (await import('https-proxy-agent')).HttpsProxyAgent(proxy, options)
    // As browsers do, names are left to the proxy to resolve: `h` and `a` say so.
    const scheme = proxy.protocol.replace(/^socks5?:$/, 'socks5h:').replace(/^socks4:$/, 'socks4a:')
    if (!/^socks(5h|4a):$/.test(scheme)) throw new Failure('unreachable', { proxy: proxy.host, why: 'proxy-kind' })
    const { SocksProxyAgent } = await import('socks-proxy-agent')
    return new SocksProxyAgent(proxy.href.replace(proxy.protocol, scheme), options)
  }
  const agent = await open()
  if (judge !== null) {
    const connect = agent.connect.bind(agent)
    agent.connect = async (request, connectOptions) => {
      if (!connectOptions.secureEndpoint) return connect(request, connectOptions)
      const socket = await connect(request, { ...connectOptions, rejectUnauthorized: false })
      // Where the proxy refused the tunnel, this is no TLS socket but the proxy's answer.
      return socket instanceof tls.TLSSocket ? admit(socket, judge) : socket
    }
  }
  return agent
}

const parseProxy = (address: string): URL => {
  try {
    return new URL(address)
  } catch (cause) {
    throw new Failure('unreachable', { why: 'proxy-kind' }, { cause })
  }
}

/** The connections for one route. */
export const openAgent = async (route: Route): Promise<http.Agent> => {
  if (route.proxy === null) return direct(route)
  return tunnelled(parseProxy(route.proxy), route)
}
