import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** Where the system takes the ports of outgoing connections from (ip(7), `ip_local_port_range`). */
const firstOutgoing = (): number => {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/)[0])
  } catch {
    return 32_768
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/**
 * A port of 127.0.0.1 on which nobody listens, for a program that is told its port. It lies below those of outgoing
 * connections: none of them can take it before that program has started.
 */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(10_000, Math.max(10_001, firstOutgoing()))
    if (await isFree(port)) return port
  }
}
