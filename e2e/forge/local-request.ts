import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** An answer of a server on this machine. */
export interface LocalAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Raw bytes, not decompressed. */
  readonly body: Buffer
  readonly text: string
  /** The body as JSON. Throws when it is none; `T` is the test's own claim. */
  json<T = unknown>(): T
}

/** What to send. `form` and `json` set the content type. */
export interface LocalRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>> | URLSearchParams
  readonly json?: unknown
  readonly body?: string | Buffer
}

const contentOf = (request: LocalRequest): { readonly body: string | Buffer; readonly type: string | null } => {
  if (request.form) {
    return { body: new URLSearchParams(request.form).toString(), type: 'application/x-www-form-urlencoded' }
  }
  if (request.json !== undefined) return { body: JSON.stringify(request.json), type: 'application/json' }
  return { body: request.body ?? '', type: null }
}

/**
 * One HTTP request by node's own client: follows no redirect, keeps no cookie, takes any certificate.
 * For tests, in which the global `fetch` is closed. Rejects when the connection breaks.
 */
export function localRequest(address: string, request: LocalRequest = {}): Promise<LocalAnswer> {
  const { body, type } = contentOf(request)
  const headers = {
    'user-agent': 'forge-test',
    ...(type ? { 'content-type': type } : {}),
    ...(body.length > 0 ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
    ...request.headers,
  }
  return new Promise((resolve, reject) => {
    const send = address.startsWith('https:') ? httpsRequest : httpRequest
    const options = { method: request.method ?? (body.length > 0 ? 'POST' : 'GET'), headers, rejectUnauthorized: false }
    const sent = send(address, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('aborted', () => reject(new Error('The connection was cut')))
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const text = bytes.toString('utf8')
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
          body: bytes,
          text,
          json: <T>() => JSON.parse(text) as T,
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
