import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** What the server does instead of serving the repository. */
export type Answer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }
  /** Serves, but closes the connection after this many bytes of the body. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** Serves this many bytes of the body and then nothing more; the connection stays open. */
  | { readonly kind: 'stall'; readonly bytes: number }
  /** Closes the connection without a word. */
  | { readonly kind: 'drop' }

/** A request as it came in. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly authorization: string | null
}

export interface GitServer {
  readonly origin: string
  readonly requests: readonly Seen[]
  /** Resolves as soon as a request for which `matches` holds has come in, or has already. */
  sees(matches: (request: Seen) => boolean): Promise<void>
  close(): Promise<void>
}

export interface GitServerOptions {
  /** Folder with bare repositories. */
  readonly root: string
  readonly address?: string
  readonly credential?: { readonly username: string; readonly password: string }
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly instead?: (request: Seen) => Answer | null
}

/** Serves repositories by the real `git http-backend` (git-http-backend(1)) on a free port of loopback. */
export const startGitServer = async (options: GitServerOptions): Promise<GitServer> => {
  const { root, address = '127.0.0.1', credential, tls, instead } = options
  const requests: Seen[] = []
  const waiting = new Set<() => void>()
  const expected =
    credential && `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      authorization: request.headers.authorization ?? null,
    }
    requests.push(seen)
    for (const look of waiting) look()
    const answer = instead?.(seen) ?? null
    if (answer?.kind === 'drop') return request.socket.destroy()
    if (answer?.kind === 'answer') {
      return response.writeHead(answer.status, answer.headers).end(answer.body)
    }
    if (expected !== undefined && seen.authorization !== expected) {
      return response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end()
    }
    serve(root, request, response, answer)
  }

  const server = tls ? createTlsServer(tls, handle) : createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `${tls ? 'https' : 'http'}://${address.includes(':') ? `[${address}]` : address}:${port}`,
    requests,
    sees: (matches) =>
      new Promise((resolve) => {
        const look = () => {
          if (!requests.some(matches)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Broken = Extract<Answer, { readonly bytes: number }> | null

const serve = (root: string, request: IncomingMessage, response: ServerResponse, broken: Broken) => {
  const [path = '', search = ''] = (request.url ?? '').split('?')
  const { headers } = request
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      // The repositories of a test may belong to another user than the one who runs it.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: decodeURIComponent(path),
      QUERY_STRING: search,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      REMOTE_USER: 'test',
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  request.pipe(backend.stdin)
  backend.stdin.on('error', () => undefined)
  response.on('close', () => backend.kill())

  let head: Buffer | null = Buffer.alloc(0)
  let left = broken?.bytes ?? Number.POSITIVE_INFINITY
  const send = (body: Buffer) => {
    response.write(body.subarray(0, left))
    left -= body.length
    if (left > 0) return
    backend.kill()
    if (broken?.kind === 'cut') response.destroy()
  }
  backend.stdout.on('data', (chunk: Buffer) => {
    if (head === null) return send(chunk)
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    const fields = head
      .subarray(0, end)
      .toString('latin1')
      .split('\r\n')
      .map((line) => line.split(/:\s*/, 2) as [string, string])
    const status = fields.find(([name]) => name.toLowerCase() === 'status')?.[1]
    response.writeHead(status === undefined ? 200 : Number.parseInt(status, 10), Object.fromEntries(fields))
    const body = head.subarray(end + 4)
    head = null
    if (body.length > 0) send(body)
  })
  backend.on('close', () => {
    if (left > 0) response.end()
  })
}
