import { gzipSync } from 'node:zlib'
import { type Reply, reply, withHeaders } from './reply'
import { type RequestRecord, requestLine } from './request-log'

/** Which requests a fault befalls: `GET /path` exactly, a pattern of that line, or any test. */
export type FaultMatch = string | RegExp | ((request: RequestRecord) => boolean)

/** Something that goes wrong with a request. Fields combine; what is left out goes well. */
export interface Fault {
  readonly match: FaultMatch
  /** How many requests it befalls; 1 unless said otherwise, Infinity until cleared. */
  readonly times?: number
  /** Milliseconds before anything is answered. */
  readonly delay?: number
  /** Answers once this has happened. */
  readonly after?: Promise<unknown>
  /** Answers nothing and keeps the connection open. */
  readonly hang?: boolean
  /** Closes the connection instead of answering; the request is not handled. */
  readonly reset?: boolean
  /** Handles the request, then closes the connection without a byte of the answer. */
  readonly loseReply?: boolean
  /** Answers this instead of handling the request. */
  readonly status?: number
  /** Body of that answer: text, or a value sent as JSON. */
  readonly body?: unknown
  /** Answers 200 with a web page: true for one made up. */
  readonly html?: boolean | string
  /** Answers 200 as `application/json` with something that is not. */
  readonly notJson?: boolean
  /** Answers 302 to this address. */
  readonly redirectTo?: string
  /** Headers set on whatever is answered. */
  readonly headers?: Readonly<Record<string, string>>
  /** Changes the JSON that would have been answered. */
  readonly json?: (value: unknown) => unknown
  /** The `Link` header's next: `self` for a page that follows itself, or another address. */
  readonly nextLink?: 'self' | (string & {})
  /** Sends this many bytes of the body, then closes the connection. */
  readonly cutAfterBytes?: number
  /** Git streams only: sends no faster than this. */
  readonly bytesPerSecond?: number
  /** Sends this much of the body as if it were all of it. */
  readonly truncateTo?: number
  /** Milliseconds between single bytes of the body. */
  readonly slowLoris?: number
  /** Answers a JSON string of this many bytes, compressed to nearly nothing. */
  readonly gzipBomb?: number
  /** Answers a JSON string of this many bytes, uncompressed. */
  readonly huge?: number
}

/** Faults waiting for their request. */
export interface Faults {
  /** Lets the next matching requests go wrong; earlier faults come first. */
  next(fault: Fault): void
  /** Forgets all faults that are still waiting. */
  clear(): void
}

const befalls = (fault: Fault, record: RequestRecord): boolean => {
  if (typeof fault.match === 'function') return fault.match(record)
  const line = requestLine(record)
  return typeof fault.match === 'string' ? fault.match === line : fault.match.test(line)
}

/** An empty list of faults, and how the server takes one for a request. */
export function faultList(): Faults & { take(record: RequestRecord): Fault | null } {
  let waiting: { readonly fault: Fault; left: number }[] = []
  return {
    next: (fault) => {
      waiting.push({ fault, left: fault.times ?? 1 })
    },
    clear: () => {
      waiting = []
    },
    take: (record) => {
      const found = waiting.find((entry) => befalls(entry.fault, record))
      if (!found) return null
      found.left -= 1
      waiting = waiting.filter((entry) => entry.left > 0)
      return found.fault
    },
  }
}

const PAGE = '<!doctype html><title>Welcome</title><h1>Please sign in to the network</h1>'

/** The answer that stands in for the handler's, or null when the request is to be handled. */
export function substitute(fault: Fault): Reply | null {
  const { body } = fault
  if (fault.redirectTo !== undefined) return reply(fault.status ?? 302, '', { location: fault.redirectTo })
  if (fault.html) {
    return reply(fault.status ?? 200, fault.html === true ? PAGE : fault.html, { 'content-type': 'text/html' })
  }
  if (fault.notJson) return reply(200, '{"almost": json,,', { 'content-type': 'application/json' })
  if (fault.huge !== undefined) {
    return reply(200, `"${'a'.repeat(fault.huge - 2)}"`, { 'content-type': 'application/json' })
  }
  if (fault.gzipBomb !== undefined) {
    const bomb = gzipSync(Buffer.concat([Buffer.from('"'), Buffer.alloc(fault.gzipBomb - 2, 0x61), Buffer.from('"')]))
    return reply(200, bomb, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  }
  if (fault.status === undefined && body === undefined) return null
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  const content = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  return reply(fault.status ?? 200, content, content ? { 'content-type': type } : {})
}

/** What the fault makes of the answer that was to be sent. */
export function spoil(answer: Reply, fault: Fault, address: string): Reply {
  const next = fault.nextLink === 'self' ? address : fault.nextLink
  // An answer that nothing has changed has no body.
  const json = answer.body.length > 0 ? fault.json : undefined
  const body = json ? Buffer.from(JSON.stringify(json(JSON.parse(answer.body.toString())))) : answer.body
  return withHeaders(
    { ...answer, body: fault.truncateTo === undefined ? body : body.subarray(0, fault.truncateTo) },
    { ...(next === undefined ? {} : { link: `<${next}>; rel="next"` }), ...fault.headers },
  )
}
