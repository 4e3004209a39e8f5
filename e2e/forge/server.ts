import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { bodyOf, type Call } from './call'
import { type Fault, spoil, substitute } from './faults'
import type { ForgeState } from './forge-state'
import { json, type Reply, text } from './reply'
import { loggedFields, type RequestRecord } from './request-log'
import type { Found } from './router'

/** PEM of a certificate and its key, for a forge that speaks https. */
export interface Tls {
  readonly cert: string
  readonly key: string
}

/** A listening server: `http://127.0.0.1:PORT`, and how to end it with all its connections. */
export interface Listening {
  readonly origin: string
  close(): Promise<void>
}

const send = async (response: ServerResponse, answer: Reply, fault: Fault | null, head: boolean): Promise<number> => {
  const body = head || answer.status === 204 || answer.status === 304 ? Buffer.alloc(0) : answer.body
  const length = answer.status === 204 || answer.status === 304 ? {} : { 'content-length': answer.body.length }
  for (const [name, value] of Object.entries({ ...length, ...answer.headers })) {
    response.setHeader(name, typeof value === 'object' ? [...value] : value)
  }
  response.writeHead(answer.status)
  if (fault?.cutAfterBytes !== undefined) {
    const sent = body.subarray(0, fault.cutAfterBytes)
    await new Promise<void>((resolve) => response.write(sent, () => resolve()))
    response.destroy()
    return sent.length
  }
  if (fault?.slowLoris !== undefined) {
    for (const byte of body) {
      if (response.destroyed) break
      response.write(Buffer.from([byte]))
      await wait(fault.slowLoris, undefined, { ref: false })
    }
  }
  response.end(fault?.slowLoris === undefined ? body : undefined)
  return body.length
}

const handled = async (call: Call, found: Found | null): Promise<Reply | null> => {
  if (!found) return text(404, 'Not Found')
  try {
    return await found(call)
  } catch (error) {
    call.forge.problems.push(error instanceof Error ? error : new Error(String(error)))
    return json(500, { message: 'The forge failed at this request, see its list of problems' })
  }
}

const withLoggedFields = (call: Call, record: RequestRecord): Call => ({
  ...call,
  fields: async () => {
    const fields = await call.fields()
    record.fields = loggedFields(fields)
    return fields
  },
})

/** Starts listening on a free port of 127.0.0.1. */
export async function listen(
  forge: ForgeState,
  find: (method: string, path: string) => Found | null,
  tls?: Tls,
): Promise<Listening> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url?.startsWith('/') ? request.url : '/', 'http://forge.invalid')
    const method = request.method ?? 'GET'
    const record = forge.log.add(method, url, request.headers, forge.clock.now())
    const fault = forge.faults.take(record)
    const pause = (fault?.delay ?? 0) + forge.latencyMs
    if (pause > 0) await wait(pause, undefined, { ref: false })
    await fault?.after
    if (fault?.hang) return
    if (fault?.reset) {
      request.socket.destroy()
      return
    }
    const below = url.pathname.startsWith(`${forge.basePath}/`) || url.pathname === forge.basePath
    const path = below ? url.pathname.slice(forge.basePath.length) || '/' : null
    const call: Call = {
      forge,
      method,
      path: path ?? url.pathname,
      params: {},
      query: url.searchParams,
      headers: request.headers,
      request,
      response,
      fault,
      ...bodyOf(request),
    }
    const instead = fault ? substitute(fault) : null
    const made = instead ?? (await handled(withLoggedFields(call, record), path === null ? null : find(method, path)))
    if (fault?.loseReply) {
      request.socket.destroy()
      return
    }
    if (!made) {
      record.status = response.statusCode
      return
    }
    const final = fault ? spoil(made, fault, `${forge.origin}${request.url ?? ''}`) : made
    record.status = final.status
    record.bytes = await send(response, final, fault, method === 'HEAD')
  }

  const open = new Set<Socket>()
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => {
      forge.problems.push(error instanceof Error ? error : new Error(String(error)))
      response.destroy()
    })
  }
  const server: Server = tls ? createTlsServer(tls, listener) : createServer(listener)
  server.keepAliveTimeout = 30_000
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
