/** A whole answer, before it is written. Streams are written by their handler, which then answers `null`. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer
}

type Headers = Reply['headers']

export const reply = (status: number, body: string | Buffer = '', headers: Headers = {}): Reply => ({
  status,
  headers,
  body: Buffer.isBuffer(body) ? body : Buffer.from(body),
})

/** JSON that is text already. */
export const jsonText = (status: number, body: string, headers: Headers = {}): Reply =>
  reply(status, body, { 'content-type': 'application/json; charset=utf-8', ...headers })

export const json = (status: number, value: unknown, headers: Headers = {}): Reply =>
  jsonText(status, JSON.stringify(value), headers)

export const html = (status: number, text: string, headers: Headers = {}): Reply =>
  reply(status, text, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers })

export const text = (status: number, body: string, headers: Headers = {}): Reply =>
  reply(status, body, { 'content-type': 'text/plain; charset=utf-8', ...headers })

export const redirect = (location: string, status: 301 | 302 | 303 | 307 = 302, headers: Headers = {}): Reply =>
  reply(status, '', { location, ...headers })

export const noContent = (headers: Headers = {}): Reply => reply(204, '', headers)

/** The same answer with more headers; earlier values of the same name are replaced. */
export const withHeaders = (answer: Reply, headers: Headers): Reply => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
})
