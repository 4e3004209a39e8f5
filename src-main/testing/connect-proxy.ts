import http from 'node:http'
import net, { type Socket } from 'node:net'
import { listen } from './loopback-server'

/** A tunnel that somebody asked for. */
export interface Tunnel {
  /** `host:port` as it was asked for: names are the proxy's to resolve. */
  readonly target: string
  /** Headers of the request for the tunnel. Nothing of what goes through it is here. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** A proxy that opens tunnels (RFC 9110 section 9.3.6), and nothing else. */
export interface ConnectProxy {
  /** `http://127.0.0.1:port` */
  readonly url: string
  /** `127.0.0.1:port` */
  readonly host: string
  /** All tunnels asked for so far, refused ones too. */
  readonly tunnels: readonly Tunnel[]
  /** While set, every tunnel is refused with this status; 407 asks for a login (RFC 9110 section 15.5.8). */
  refuse: number | null
  /** While set, tunnels are opened for this login alone. */
  login: { readonly username: string; readonly password: string } | null
  /** What a refusal with 407 offers (RFC 9110 section 11.7.1). */
  offers: readonly string[]
  close(): Promise<void>
}

const isLetIn = (login: ConnectProxy['login'], headers: http.IncomingHttpHeaders): boolean =>
  login === null ||
  headers['proxy-authorization'] === `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`

/**
 * Starts a proxy on a free loopback port.
 * @param ports names that only this proxy knows, with the port of this computer that is behind each: `{ 'forge.test': 4443 }`.
 * Other names are refused with 502, so that a test reaches nothing but its own servers.
 */
export const startConnectProxy = async (ports: Readonly<Record<string, number>>): Promise<ConnectProxy> => {
  const tunnels: Tunnel[] = []
  const proxy: Pick<ConnectProxy, 'refuse' | 'login' | 'offers'> = {
    refuse: null,
    login: null,
    offers: ['Basic realm="office"'],
  }
  const server = http.createServer((_, response) => response.writeHead(405).end())
  const onwards = new Set<Socket>()
  server.on('connect', (request: http.IncomingMessage, socket: Socket) => {
    const { url: target = '', headers } = request
    tunnels.push({ target, headers: headers as Tunnel['headers'] })
    const port = ports[target.replace(/:\d+$/, '')]
    const status = proxy.refuse ?? (isLetIn(proxy.login, headers) ? (port === undefined ? 502 : null) : 407)
    if (status !== null || port === undefined) {
      const asks = status === 407 ? proxy.offers.map((offer) => `Proxy-Authenticate: ${offer}\r\n`).join('') : ''
      socket.end(`HTTP/1.1 ${status} Refused\r\n${asks}Content-Length: 0\r\nConnection: close\r\n\r\n`)
      return
    }
    const onward = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onwards.add(onward)
    onward.on('error', () => socket.destroy()).on('close', () => onwards.delete(onward))
    socket.on('close', () => onward.destroy())
  })
  const listening = await listen(server)
  return {
    url: listening.url,
    host: new URL(listening.url).host,
    tunnels,
    get refuse() {
      return proxy.refuse
    },
    set refuse(status) {
      proxy.refuse = status
    },
    get login() {
      return proxy.login
    },
    set login(login) {
      proxy.login = login
    },
    get offers() {
      return proxy.offers
    },
    set offers(offers) {
      proxy.offers = offers
    },
    close: async () => {
      for (const onward of onwards) onward.destroy()
      await listening.close()
    },
  }
}
