import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** Notes whatever arrives at one UDP and one TCP port of this computer, down to a bare connection. */
export interface Listener {
  readonly udp: number
  readonly tcp: number
  /** What has arrived so far, e.g. `tcp GET /fetch HTTP/1.1`. */
  readonly arrived: readonly string[]
  close(): void
}

/** Opens both ports on loopback. */
export async function openListener(): Promise<Listener> {
  const arrived: string[] = []
  const udp = createSocket('udp4').on('message', (packet) => arrived.push(`udp ${packet.length} bytes`))
  const tcp = createServer((socket) => {
    arrived.push('tcp connection')
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      arrived.push(`tcp ${data.toString('latin1').split('\r', 1)[0]?.slice(0, 80)}`)
      socket.destroy()
    })
  })
  await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done))
  await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done))
  const address = tcp.address()
  return {
    udp: udp.address().port,
    tcp: typeof address === 'object' && address !== null ? address.port : 0,
    arrived,
    close: () => {
      udp.close()
      tcp.close()
    },
  }
}
