import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Fault } from './faults'
import type { ForgeState } from './forge-state'

/** One request on its way through the forge, as handlers see it. */
export interface Call {
  readonly forge: ForgeState
  readonly method: string
  /** Path below the base path, still percent-encoded. */
  readonly path: string
  /** Values of the route's placeholders, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** What goes wrong with this request; the server takes care of it, streams have to see to it themselves. */
  readonly fault: Fault | null
  /** The body as it came. May be asked for more than once. */
  body(): Promise<Buffer>
  /** Fields of a form or of a flat JSON object, by the content type. */
  fields(): Promise<URLSearchParams>
  /** The JSON body, `{}` when there is none; undefined when it is not JSON. */
  json(): Promise<unknown>
}

/** Largest body a handler reads. Pushes do not pass here, they are streamed. */
const BODY_LIMIT = 8 * 1024 * 1024

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) throw new Error('The body is larger than the forge reads')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const parsed = (body: Buffer): unknown => {
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Whether a value is an object with named fields (not an array, not null). */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const flat = (value: unknown): URLSearchParams =>
  new URLSearchParams(
    isRecord(value) ? Object.entries(value).map(([name, field]): [string, string] => [name, String(field)]) : [],
  )

/** The body readers of a call; the bytes are read once. */
export function bodyOf(request: IncomingMessage): Pick<Call, 'body' | 'fields' | 'json'> {
  let reading: Promise<Buffer> | null = null
  const body = (): Promise<Buffer> => {
    reading ??= readBody(request)
    return reading
  }
  return {
    body,
    json: async () => parsed(await body()),
    fields: async () =>
      request.headers['content-type']?.startsWith('application/json')
        ? flat(parsed(await body()))
        : new URLSearchParams((await body()).toString('utf8')),
  }
}

/** User and password of a Basic header; the scheme's name in any case. */
export function basicAuth(header: string | undefined): { readonly user: string; readonly password: string } | null {
  const encoded = /^basic\s+([A-Za-z0-9+/=_-]+)$/i.exec(header ?? '')?.[1]
  if (!encoded) return null
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { user, password: password.join(':') }
}

/** The token of a `Bearer` header, or of `token`, which GitHub and Gitea take as well when named in `schemes`. */
export function bearerToken(header: string | undefined, schemes: readonly string[] = ['bearer']): string | null {
  const [scheme = '', token] = (header ?? '').trim().split(/\s+/)
  return token && schemes.includes(scheme.toLowerCase()) ? token : null
}
