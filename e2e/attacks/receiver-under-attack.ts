import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { Secret } from '../../src-main/credentials/secret'
import type { Field } from '../../src-main/deploy/frame'
import { hookFields } from '../../src-main/deploy/receiver-hook'
import { type BenchApp, type DeployBench, startDeployBench } from '../../src-main/testing/deploy-bench'
import { listen } from '../../src-main/testing/loopback-server'
import { descendants } from '../../src-main/testing/process-watch'

/** A receiver on a server, with one app whose pushes are signed as GitHub signs them. */
export interface AttackedReceiver {
  readonly bench: DeployBench
  readonly app: BenchApp
  readonly port: number
  readonly path: string
  /** A genuine push, as bytes on the wire. */
  push(): Buffer
  /** Most memory in bytes that the receiver and all it runs ever had (proc(5), VmHWM), and how many ran at one time. */
  measure<T>(act: () => Promise<T>): Promise<{ result: T; peakBytes: number; mostProcesses: number }>
  close(): Promise<void>
}

const memoryOf = (pid: number): number => {
  try {
    return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** One request of HTTP/1.1 as bytes. */
export const requestOf = (path: string, headers: Readonly<Record<string, string>>, body: Buffer): Buffer => {
  const lines = Object.entries({ Host: 'server.example', 'Content-Length': String(body.length), ...headers })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n`), body])
}

/** @param prepare writes what the receiver needs into the home folder, and answers further settings of it */
export const attackedReceiver = async (
  prepare: (home: string, own: (path: string) => void) => readonly Field[] = () => [],
): Promise<AttackedReceiver> => {
  const bench = await startDeployBench()
  const { port, close } = await listen(createServer())
  await close()
  const app = await bench.app({ files: { a: '1' } })
  const id = randomBytes(16).toString('hex')
  const secret = randomBytes(16).toString('hex')
  const repository = String(app.repository.id)
  await bench.pilot.call(
    'set-hook',
    hookFields({ id, folder: app.folder, signature: 'hub-sha256', repository, secrets: [new Secret(secret)] }),
  )
  const answer = await bench.pilot.call('receiver-apply', [
    ['listen', '127.0.0.1'],
    ['port', String(port)],
    ['interval', '3600'],
    ...prepare(bench.server.home, bench.server.own),
  ])
  if (answer.get('running') !== '1') throw new Error(`The receiver does not run: ${answer.get('message')}`)
  const path = `/hooks/${id}`
  const pid = Number(readFileSync(join(bench.server.home, '.cloudaipilot/receiver/pid'), 'utf8'))
  return {
    bench,
    app,
    port,
    path,
    push: () => {
      const body = Buffer.from(
        JSON.stringify({
          ref: 'refs/heads/main',
          repository: { id: app.repository.id },
          after: randomBytes(20).toString('hex'),
        }),
      )
      const signature = createHmac('sha256', secret).update(body).digest('hex')
      const headers = {
        'Content-Type': 'application/json',
        'X-GitHub-Event': 'push',
        'X-GitHub-Delivery': randomBytes(16).toString('hex'),
        'X-Hub-Signature-256': `sha256=${signature}`,
        Connection: 'close',
      }
      return requestOf(path, headers, body)
    },
    measure: async (act) => {
      const peaks = new Map<number, number>()
      let mostProcesses = 0
      let peakBytes = 0
      const look = () => {
        const all = [pid, ...descendants(pid)]
        mostProcesses = Math.max(mostProcesses, all.length)
        peakBytes = Math.max(
          peakBytes,
          all.reduce((sum, number) => {
            peaks.set(number, memoryOf(number))
            return sum + (peaks.get(number) ?? 0)
          }, 0),
        )
      }
      look()
      const timer = setInterval(look, 25)
      try {
        const result = await act()
        look()
        return { result, peakBytes, mostProcesses }
      } finally {
        clearInterval(timer)
      }
    },
    close: async () => {
      await bench.pilot.call('receiver-stop')
      await bench.close()
    },
  }
}

/** Everything that one connection answers, or '' when it was cut without a word. */
const answerOf = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    socket.setEncoding('latin1')
    socket.on('data', (part: string) => {
      text += part
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text))
  })

/** Sends these bytes and answers what came back. */
export const send = (port: number, bytes: Buffer): Promise<string> => {
  const socket = connect({ host: '127.0.0.1', port })
  const answer = answerOf(socket)
  socket.write(bytes)
  return answer
}

/** Sends a head, then the same chunk again and again, as fast as it is taken. Answers what came back. */
export const pour = (port: number, head: string, chunk: Buffer, times: number, end = ''): Promise<string> => {
  const socket = connect({ host: '127.0.0.1', port })
  const answer = answerOf(socket)
  const go = async () => {
    socket.write(head)
    for (let sent = 0; sent < times && !socket.destroyed && socket.writable; sent += 1) {
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
    }
    if (socket.writable) socket.write(end)
  }
  void go().catch(() => undefined)
  return answer
}

/** Opens connections that say a little and then nothing, and nobody ends from here until `close`. */
export const hang = async (port: number, count: number, bytes: Buffer): Promise<{ close(): void }> => {
  const sockets = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ host: '127.0.0.1', port })
      socket.on('error', () => undefined)
      await Promise.race([once(socket, 'connect'), once(socket, 'close')])
      if (socket.writable) socket.write(bytes)
      return socket
    }),
  )
  return {
    close: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0)
