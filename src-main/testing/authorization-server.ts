import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SignInOffer } from '../providers/provider'
import { loopbackFetch } from './no-network'

/** What an endpoint answers: a status, a body (JSON unless it is a string) and headers. */
export interface Reply {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A request to an endpoint that apps call. */
export interface Received {
  readonly path: string
  readonly fields: URLSearchParams
  readonly headers: IncomingMessage['headers']
}

/** A small OAuth server on this computer: code with PKCE, refresh with rotation, device flow. It knows one client. */
export interface AuthorizationServer {
  readonly host: string
  readonly clientId: string
  /** All requests to the token and device endpoints, in order. */
  readonly received: readonly Received[]
  /** Requests to the token endpoint alone. */
  tokenRequests(): readonly Received[]
  offer(changes?: Partial<SignInOffer>): SignInOffer
  /** What a person does in the browser: opens the page and agrees (or not). Resolves to the address that comes next. */
  agree(page: string, answer?: Readonly<Record<string, string>>): Promise<string>
  /** What a person does with a device code. */
  decide(decision: 'granted' | 'denied' | 'expired'): void
  /** What it says of itself (RFC 8414); null: nothing. */
  metadata: Readonly<Record<string, unknown>> | null
  /** Answers the next calls of the endpoint with these replies, one each. */
  reply(...replies: readonly Reply[]): void
  readonly issued: { accessToken: string; refreshToken: string }
  close(): Promise<void>
}

const refuse = (error: string, more: object = {}): Reply => ({ status: 400, body: { error, ...more } })
const random = () => randomBytes(16).toString('hex')

export const startAuthorizationServer = async (clientSecret: string | null = null): Promise<AuthorizationServer> => {
  const clientId = 'client-of-the-tests'
  const received: Received[] = []
  const replies: Reply[] = []
  const codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>()
  const issued = { accessToken: '', refreshToken: '' }
  let device: { readonly code: string; decision: 'pending' | 'granted' | 'denied' | 'expired' } | null = null

  const tokens = (): Reply => {
    issued.accessToken = `access-${random()}`
    issued.refreshToken = `refresh-${random()}`
    const { accessToken: access_token, refreshToken: refresh_token } = issued
    return {
      status: 200,
      body: { access_token, refresh_token, token_type: 'bearer', expires_in: 7200, scope: 'read write' },
    }
  }

  const authenticated = (fields: URLSearchParams, headers: IncomingMessage['headers']): boolean => {
    const basic = Buffer.from(headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString()
    if (clientSecret === null) return fields.get('client_id') === clientId && !fields.has('client_secret')
    return basic === `${clientId}:${clientSecret}` || fields.get('client_secret') === clientSecret
  }

  const grant = (fields: URLSearchParams): Reply => {
    switch (fields.get('grant_type')) {
      case 'authorization_code': {
        const code = codes.get(fields.get('code') ?? '')
        codes.delete(fields.get('code') ?? '')
        const challenge = createHash('sha256')
          .update(fields.get('code_verifier') ?? '')
          .digest('base64url')
        const fits = code?.challenge === challenge && code.redirectUri === fields.get('redirect_uri')
        return fits ? tokens() : refuse('invalid_grant')
      }
      case 'refresh_token':
        return fields.get('refresh_token') === issued.refreshToken ? tokens() : refuse('invalid_grant')
      default: {
        if (device === null || fields.get('device_code') !== device.code) return refuse('invalid_grant')
        if (device.decision === 'pending') return refuse('authorization_pending')
        if (device.decision !== 'granted') {
          return refuse(device.decision === 'denied' ? 'access_denied' : 'expired_token')
        }
        device = null
        return tokens()
      }
    }
  }

  const authorize = (query: URLSearchParams): Reply => {
    const code = random()
    const redirectUri = query.get('redirect_uri') ?? ''
    const usable = query.get('client_id') === clientId && query.get('response_type') === 'code'
    if (!usable || query.get('code_challenge_method') !== 'S256') return { status: 400, body: 'No' }
    codes.set(code, { challenge: query.get('code_challenge') ?? '', redirectUri })
    return {
      status: 302,
      body: '',
      headers: { location: withQuery(redirectUri, { code, state: query.get('state') ?? '' }) },
    }
  }

  const endpoint = (path: string, fields: URLSearchParams, headers: IncomingMessage['headers']): Reply => {
    received.push({ path, fields, headers })
    const arranged = replies.shift()
    if (arranged) return arranged
    if (!authenticated(fields, headers))
      return { status: 401, body: { error: 'invalid_client' }, headers: { 'www-authenticate': 'Basic realm="t"' } }
    if (path === '/oauth/token') return grant(fields)
    device = { code: random(), decision: 'pending' }
    return {
      status: 200,
      body: {
        device_code: device.code,
        user_code: 'WDJB-MJHT',
        verification_uri: `${host}/device`,
        expires_in: 900,
        interval: 5,
      },
    }
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const fields = new URLSearchParams(Buffer.concat(chunks).toString())
    const described = url.pathname.startsWith('/.well-known/')
    const reply = described
      ? metadata()
      : url.pathname === '/oauth/authorize'
        ? authorize(url.searchParams)
        : endpoint(url.pathname, fields, request.headers)
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const metadata = (): Reply =>
    own.metadata === null ? { status: 404, body: {} } : { status: 200, body: own.metadata }

  const own: AuthorizationServer = {
    host,
    clientId,
    received,
    issued,
    metadata: null,
    tokenRequests: () => received.filter(({ path }) => path === '/oauth/token'),
    offer: (changes) => ({
      redirect: {
        authorizationEndpoint: `${host}/oauth/authorize`,
        tokenEndpoint: `${host}/oauth/token`,
        needsSecret: clientSecret !== null,
        clientAuthentication: 'body',
        deepLink: true,
        loopback: 'any-port',
        loopbackHost: '127.0.0.1',
        scopes: ['read', 'write'],
        extra: {},
      },
      device: {
        deviceAuthorizationEndpoint: `${host}/oauth/device`,
        tokenEndpoint: `${host}/oauth/token`,
        scopes: ['read'],
      },
      refresh: { needsSecret: false, sendRedirectUri: false, deadErrors: [] },
      errorsWithStatus200: false,
      token: { createUrl: `${host}/tokens/new`, username: null, scopes: ['read'] },
      registration: { url: `${host}/apps/new`, needsSecret: clientSecret !== null, scopes: ['read', 'write'] },
      notes: [],
      ...changes,
    }),
    agree: async (page, answer) => {
      const response = await loopbackFetch(page, { redirect: 'manual' })
      const location = response.headers.get('location')
      if (location === null) throw new Error(`The authorize page answered ${response.status}`)
      if (!answer) return location
      const url = new URL(page)
      return withQuery(url.searchParams.get('redirect_uri') ?? '', {
        state: url.searchParams.get('state') ?? '',
        ...answer,
      })
    },
    decide: (decision) => {
      if (device) device.decision = decision
    },
    reply: (...more) => {
      replies.push(...more)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return own
}

const withQuery = (address: string, parameters: Readonly<Record<string, string>>): string =>
  `${address}?${new URLSearchParams(parameters)}`
