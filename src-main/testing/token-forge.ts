import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Failure } from '../../src-preload/contract/outcome'
import type { Fetch } from '../network/fetch'

/** How the forge is at the moment: well, out of reach, broken, or asking to be left alone. */
export type ForgeMood = 'well' | 'away' | 'broken' | 'limited'

interface Pair {
  readonly access: string
  readonly refresh: string
  readonly person: string
}

/**
 * A forge reduced to its tokens, with the strictest rules in the field: a refresh token works once, and using it kills
 * the access token that came with it. Reached through `fetch`, or by HTTP through `listener`.
 */
export interface TokenForge {
  readonly host: string
  mood: ForgeMood
  /** Requests to `/api/user`, with the token that came along. */
  readonly userCalls: string[]
  /** Refresh tokens that were sent, in order. */
  readonly refreshes: string[]
  readonly revoked: string[]
  /** Access tokens with which a person's calls were answered. */
  usedBy(person: string): readonly string[]
  /** Whether an access token would be accepted now. */
  accepts(access: string): boolean
  issue(person?: string): Pair
  /** A refresh token that was used goes on working, as it does at some forges for a while; the access token lives on, too. */
  graceful: boolean
  /** Tokens of this kind never end by revocation: the forge says yes and does nothing. */
  deaf: boolean
  readonly fetch: Fetch
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void
}

interface Reply {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export const createTokenForge = (host = 'https://forge.example'): TokenForge => {
  let pairs: readonly Pair[] = []
  let count = 0
  const used: { readonly person: string; readonly access: string }[] = []

  const forge: TokenForge = {
    host,
    mood: 'well',
    graceful: false,
    deaf: false,
    userCalls: [],
    refreshes: [],
    revoked: [],
    usedBy: (person) => used.filter((call) => call.person === person).map(({ access }) => access),
    accepts: (access) => pairs.some((pair) => pair.access === access),
    issue: (person = 'ada') => {
      count += 1
      const pair = { access: `access-${count}-${word()}`, refresh: `refresh-${count}-${word()}`, person }
      pairs = [...pairs, pair]
      return pair
    },
    fetch: async (url, init) => {
      if (forge.mood === 'away') throw new Failure('unreachable', { host: new URL(host).host })
      const { pathname } = new URL(url)
      const { status, body, headers } = answer(pathname, init?.headers?.authorization ?? '', init?.body ?? '')
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
    },
    listener: (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
        const reply = answer(pathname, request.headers.authorization ?? '', Buffer.concat(chunks).toString())
        response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
        response.end(JSON.stringify(reply.body))
      })
    },
  }

  const answer = (path: string, authorization: string, body: string): Reply => {
    if (forge.mood === 'broken') return { status: 500, body: { message: 'Broken' } }
    if (forge.mood === 'limited') return { status: 429, body: {}, headers: { 'retry-after': '120' } }
    const access = authorization.replace(/^Bearer /, '')
    switch (path) {
      case '/oauth/token':
        return refresh(new URLSearchParams(body).get('refresh_token') ?? '')
      case '/oauth/revoke':
        return revoke(new URLSearchParams(body).get('token') ?? '')
      default: {
        forge.userCalls.push(access)
        const person = pairs.find((pair) => pair.access === access)?.person
        if (person === undefined) return { status: 401, body: { message: 'Bad credentials' } }
        used.push({ person, access })
        return { status: 200, body: { id: person, login: person } }
      }
    }
  }

  const refresh = (token: string): Reply => {
    forge.refreshes.push(token)
    const pair = pairs.find((candidate) => candidate.refresh === token)
    if (pair === undefined) return { status: 400, body: { error: 'invalid_grant' } }
    if (!forge.graceful) pairs = pairs.filter((candidate) => candidate !== pair)
    const next = forge.issue(pair.person)
    return { status: 200, body: { access_token: next.access, refresh_token: next.refresh, expires_in: 3600 } }
  }

  const revoke = (token: string): Reply => {
    forge.revoked.push(token)
    if (!forge.deaf) pairs = pairs.filter(({ access }) => access !== token)
    return { status: 200, body: {} }
  }

  return forge
}

const word = () => randomBytes(8).toString('hex')
