import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { Failure } from '../../src-preload/contract/outcome'

const run = promisify(execFile)

/** What ssh-keyscan(1) says of itself once the server has spoken. */
const identification = 'SSH-2.0-OpenSSH-keyscan\r\n'
const lineEnd = 0x0a

/** Passes on what comes after the first line. */
const withoutFirstLine = (from: Socket, to: Socket): void => {
  let past = false
  from.on('data', (chunk: Buffer) => {
    const at = past ? -1 : chunk.indexOf(lineEnd)
    if (past || at >= 0) to.write(chunk.subarray(at + 1))
    past ||= at >= 0
  })
}

/**
 * A way to a host for a client that waits for the host to speak first: its identification is sent at once, for hosts that
 * wait for the client (RFC 4253 section 4.2 allows both).
 */
const openWay = async (host: string, port: number) => {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect({ host, port })
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => other.destroy())
    }
    far.write(identification)
    far.pipe(near)
    withoutFirstLine(near, far)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port: (server.address() as AddressInfo).port, close }
}

/**
 * The lines that ssh-keyscan(1) prints for a host, each beginning with the type of a key; none where it fails.
 * @param what plain host keys or their certificates
 * @throws Failure `cancelled`
 */
export const keyscan = async (
  host: string,
  port: number,
  what: 'keys' | 'certificates',
  signal: AbortSignal,
): Promise<readonly string[]> => {
  if (signal.aborted) throw new Failure('cancelled')
  const way = await openWay(host, port)
  const kind = what === 'certificates' ? ['-c'] : []
  const args = [...kind, '-T', '8', '-p', String(way.port), '-t', 'ed25519,ecdsa,rsa', '--', '127.0.0.1']
  const options = { signal, timeout: 15_000, maxBuffer: 1024 * 1024, env: { PATH: process.env.PATH, LANG: 'C.UTF-8' } }
  try {
    const { stdout } = await run('ssh-keyscan', args, options)
    const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    // The name of the host stands before the key, or does not, as with certificates.
    return lines.map((line) => line.replace(/^(?:\[127\.0\.0\.1\]:\d+|127\.0\.0\.1) /, ''))
  } catch {
    if (signal.aborted) throw new Failure('cancelled')
    return []
  } finally {
    way.close()
  }
}
