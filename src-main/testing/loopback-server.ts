import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'

/** A real server on a free loopback port. */
export interface LoopbackServer {
  /** `http://127.0.0.1:port` or `https://...`. */
  readonly url: string
  readonly port: number
  /** Connections accepted so far. */
  readonly connections: () => number
  /** Cuts all connections and stops. */
  readonly close: () => Promise<void>
}

/** Starts any kind of server on a free loopback port. */
export const listen = async (server: Server, scheme = 'http'): Promise<LoopbackServer> => {
  const sockets = new Set<Socket>()
  let accepted = 0
  server.on('connection', (socket: Socket) => {
    accepted += 1
    sockets.add(socket)
    // A test that cuts a connection on purpose makes the other end report it; that is no error of the test.
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    connections: () => accepted,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Serves http on a free loopback port. */
export const serveHttp = (handler: http.RequestListener): Promise<LoopbackServer> => listen(http.createServer(handler))

/** Serves https on a free loopback port with the given key and certificate. */
export const serveHttps = (
  { key, cert }: { readonly key: string; readonly cert: string },
  handler: http.RequestListener,
): Promise<LoopbackServer> => listen(https.createServer({ key, cert }, handler), 'https')
