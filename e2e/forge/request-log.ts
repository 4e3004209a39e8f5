import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** One received request. Secrets are there only as `sha256:` and the first 12 hex digits of their hash. */
export interface RequestRecord {
  readonly at: number
  readonly method: string
  /** Path as asked for, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** Fields of a form or flat JSON body, once a handler has read it. */
  fields: Readonly<Record<string, string>>
  /** Null until answered, and for good when the connection was cut before. */
  status: number | null
  /** Bytes of the answer's body that were sent. */
  bytes: number
}

/** Requests in order of arrival. */
export interface RequestLog {
  readonly all: readonly RequestRecord[]
  /** Requests whose `METHOD /path` is `what`, or matches it. */
  matching(what: string | RegExp): readonly RequestRecord[]
  count(what: string | RegExp): number
  clear(): void
}

/** What stands in the log for a secret: equal secrets give equal marks. */
export const secretMark = (secret: string): string =>
  `sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 12)}`

const SECRET_NAME =
  /^(authorization|proxy-authorization|cookie|private-token|job-token|code|code_verifier|client_secret|access_token|refresh_token|private_token|token|secret|signing_token|device_code|password|credentials|key)$/i

const reduced = (entries: Iterable<readonly [string, string]>): Record<string, string> =>
  Object.fromEntries([...entries].map(([name, value]) => [name, SECRET_NAME.test(name) ? secretMark(value) : value]))

const flatHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  reduced(Object.entries(headers).map(([name, value]) => [name, String(value)] as const))

/** `GET /path` as the log and the faults name a request. */
export const requestLine = (record: Pick<RequestRecord, 'method' | 'path'>): string => `${record.method} ${record.path}`

const isRequest = (record: RequestRecord, what: string | RegExp): boolean =>
  typeof what === 'string' ? requestLine(record) === what : what.test(requestLine(record))

/** An empty log and the way to add to it. */
export function requestLog(): RequestLog & {
  add(method: string, url: URL, headers: IncomingHttpHeaders, at: number): RequestRecord
} {
  const all: RequestRecord[] = []
  return {
    all,
    matching: (what) => all.filter((record) => isRequest(record, what)),
    count: (what) => all.filter((record) => isRequest(record, what)).length,
    clear: () => {
      all.length = 0
    },
    add: (method, url, headers, at) => {
      const record: RequestRecord = {
        at,
        method,
        path: url.pathname,
        query: reduced(url.searchParams),
        headers: flatHeaders(headers),
        fields: {},
        status: null,
        bytes: 0,
      }
      all.push(record)
      return record
    },
  }
}

/** Fields of a body as the log may keep them. */
export const loggedFields = (fields: URLSearchParams): Record<string, string> => reduced(fields)
