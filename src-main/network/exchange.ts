import { setMaxListeners } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { SecureContext } from 'node:tls'
import { Failure } from '../../src-preload/contract/outcome'
import { readBody } from './body'
import type { FetchInit } from './fetch'
import { isReset } from './network-failure'
import { offeredSchemes } from './proxy/proxy-login'

/** What a proxy says to the request for a tunnel. */
interface ConnectAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** Statuses whose answer has no body (Fetch standard, "null body status"). */
const withoutBody = [204, 205, 304]

const toResponse = (message: http.IncomingMessage, body: Buffer<ArrayBuffer>, host: string): Response => {
  const status = message.statusCode ?? 0
  const headers = new Headers()
  try {
    for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
      headers.append(message.rawHeaders[i] ?? '', message.rawHeaders[i + 1] ?? '')
    }
    return new Response(withoutBody.includes(status) ? null : body, { status, headers })
  } catch (cause) {
    throw new Failure('bad-answer', { host, why: 'not-http' }, { cause })
  }
}

let loading: Promise<string> | null = null
/**
 * Node loads what makes and reads a `Response` at its first use, which takes a tenth of a second and more. It is done before
 * the first request goes out: an answer that comes only once, such as a renewed token, must not wait for it unsaved.
 */
const loadResponses = (): Promise<string> => {
  const headers = new Headers({ 'content-type': 'application/json' })
  loading ??= new Response(Buffer.from('{}'), { status: 200, headers }).text()
  return loading
}

const thisComputer: LookupFunction = (_name, { all }, found) =>
  all === true
    ? found(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ])
    : found(null, '127.0.0.1', 4)

/**
 * One request and its whole answer. Rejects with a `Failure` for limits and cancelling, else with what node:http threw.
 * Null: a kept connection turned out to be closed before anything was answered, so that the request may be made again.
 */
export const exchange = async (
  url: URL,
  init: FetchInit,
  via: { readonly agent: http.Agent; readonly secureContext: SecureContext | null; readonly proxy: string | null },
): Promise<Response | null> => {
  const { host } = url
  const { signal, maxBytes = 20_000_000, timeout = 30_000, idleTimeout = 20_000 } = init
  let stopped: Failure | null = null
  await loadResponses()
  if (signal?.aborted) throw new Failure('cancelled')

  const request = (url.protocol === 'https:' ? https : http).request(url, {
    agent: via.agent,
    method: init.method ?? 'GET',
    // Node leaves the length of a DELETE's body out unless it is told.
    headers: {
      ...init.headers,
      ...(init.body !== undefined && { 'content-length': String(Buffer.byteLength(init.body)) }),
    },
    timeout: idleTimeout,
    // A name below `localhost` is trusted to mean this computer, so no server of names is asked for it (RFC 6761 section 6.3).
    ...(url.hostname.endsWith('.localhost') && { lookup: thisComputer }),
    ...(via.secureContext !== null && { secureContext: via.secureContext }),
  })
  const stop = (failure: Failure) => {
    stopped ??= failure
    request.destroy()
  }
  const late = () => stop(new Failure('timed-out', { host }))
  const cancel = () => stop(new Failure('cancelled'))
  const deadline = setTimeout(late, timeout)
  // One signal may stop a hundred requests; that is no leak.
  if (signal) setMaxListeners(0, signal)
  signal?.addEventListener('abort', cancel, { once: true })
  request.on('timeout', late)
  request.on('proxyConnect', ({ statusCode, headers }: ConnectAnswer) => {
    const offers = offeredSchemes(headers['proxy-authenticate'])
    if (statusCode === 407)
      stop(new Failure('proxy-login', { host, proxy: via.proxy ?? '', ...(offers !== '' && { offers }) }))
    else if (statusCode !== 200) {
      stop(new Failure('unreachable', { host, proxy: via.proxy ?? '', status: String(statusCode) }))
    }
  })

  let answered = false
  try {
    const message = await new Promise<http.IncomingMessage>((resolve, reject) => {
      request.once('response', resolve)
      request.on('error', reject)
      request.end(init.body)
    })
    answered = true
    const bodiless = init.method === 'HEAD' || withoutBody.includes(message.statusCode ?? 0)
    return toResponse(message, bodiless ? drop(message) : await readBody(message, maxBytes, host), host)
  } catch (error) {
    if (stopped === null && !answered && request.reusedSocket && isReset(error)) return null
    request.destroy()
    throw stopped ?? error
  } finally {
    clearTimeout(deadline)
    signal?.removeEventListener('abort', cancel)
  }
}

const drop = (message: http.IncomingMessage): Buffer<ArrayBuffer> => {
  message.resume()
  return Buffer.alloc(0)
}
