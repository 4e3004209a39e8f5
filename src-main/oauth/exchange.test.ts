import { inspect } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import type { SignInOffer } from '../providers/provider'
import { type AuthorizationServer, startAuthorizationServer } from '../testing/authorization-server'
import { testFetch } from '../testing/connection'
import { authorizationPage, randomValue } from './authorize'
import { type CallbackAnswer, parseCallbackQuery } from './callback-answer'
import { exchangeCode } from './exchange'
import type { PendingSignIn } from './pending-sign-ins'
import type { TokenCall } from './token-call'

const redirectUri = 'http://127.0.0.1:4711/oauth/callback/x'
const secret = 'the client secret'
let server: AuthorizationServer

afterEach(() => server.close())

const start = async (clientSecret: string | null, changes?: (offer: SignInOffer) => Partial<SignInOffer>) => {
  server = await startAuthorizationServer(clientSecret)
  const offer = server.offer(changes?.(server.offer()))
  const call: TokenCall = {
    offer,
    host: server.host,
    client: { clientId: server.clientId, clientSecret: clientSecret === null ? null : new Secret(clientSecret) },
    fetch: testFetch,
    now: () => 1_000_000,
  }
  const pending: PendingSignIn = {
    state: randomValue(),
    verifier: randomValue(),
    signIn: 'one',
    provider: 'x',
    host: server.host,
    clientId: server.clientId,
    redirectUri,
    reconnects: null,
    createdAt: 1_000_000,
  }
  if (!offer.redirect) throw new Error('No redirect')
  const page = authorizationPage({ ...pending, redirect: offer.redirect }).href
  return { call, pending, page }
}

const read = (address: string): CallbackAnswer => {
  const answer = parseCallbackQuery(address.slice(address.indexOf('?') + 1))
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

const failureOf = async (run: Promise<unknown>): Promise<Failure> => {
  const error = await run.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Failure)) throw new Error(`Expected a failure, got ${inspect(error)}`)
  return error
}

describe('authorizationPage', () => {
  it('always sends PKCE with S256 and a state of 256 bits, and lets no extra parameter replace them', async () => {
    const { page } = await start(null, ({ redirect }) => ({
      ...(redirect && {
        redirect: { ...redirect, extra: { prompt: 'select_account', state: 'fixed', code_challenge_method: 'plain' } },
      }),
    }))
    const query = new URL(page).searchParams
    expect(query.get('code_challenge_method')).toBe('S256')
    expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/)
    expect(Buffer.from(query.get('state') ?? '', 'base64url')).toHaveLength(32)
    expect(query.get('prompt')).toBe('select_account')
    expect(query.get('scope')).toBe('read write')
  })

  it('refuses a page over plain http on another computer', async () => {
    const { call } = await start(null)
    if (!call.offer.redirect) throw new Error('No redirect')
    const redirect = { ...call.offer.redirect, authorizationEndpoint: 'http://git.example/authorize' }
    const request = { redirect, clientId: 'c', redirectUri, state: randomValue(), verifier: randomValue() }
    expect(() => authorizationPage(request)).toThrow('address-refused')
  })
})

describe('exchangeCode', () => {
  it('exchanges a code without a secret', async () => {
    const { call, pending, page } = await start(null)
    const credential = await exchangeCode(call, pending, read(await server.agree(page)))
    expect(credential.accessToken.reveal()).toBe(server.issued.accessToken)
    expect(credential.refreshToken?.reveal()).toBe(server.issued.refreshToken)
    expect(credential).toMatchObject({
      expiresAt: 1_000_000 + 7_200_000,
      refreshExpiresAt: null,
      scopes: ['read', 'write'],
      clientId: server.clientId,
      redirectUri,
    })
    const [request] = server.tokenRequests()
    expect(request?.fields.has('client_secret')).toBe(false)
    expect(request?.fields.get('code_verifier')).toBe(pending.verifier.reveal())
    expect(request?.headers.accept).toBe('application/json')
    expect(request?.headers['user-agent'] ?? '').not.toContain('oauth4webapi')
  })

  it('needs no global crypto, which older Electron lacks', async () => {
    vi.stubGlobal('crypto', undefined)
    const { call, pending, page } = await start(null)
    expect((await exchangeCode(call, pending, read(await server.agree(page)))).kind).toBe('oauth')
  })

  it.each(['body', 'basic'] as const)('sends the secret in the %s', async (clientAuthentication) => {
    const { call, pending, page } = await start(secret, ({ redirect }) => ({
      ...(redirect && { redirect: { ...redirect, clientAuthentication } }),
    }))
    await exchangeCode(
      { ...call, client: { clientId: server.clientId, clientSecret: new Secret('a-b_c.d e') } },
      pending,
      read(await server.agree(page)),
    ).catch(() => {})
    const [request] = server.tokenRequests()
    const basic = `Basic ${Buffer.from(`${server.clientId}:a-b_c.d+e`).toString('base64')}`
    expect(request?.headers.authorization).toBe(clientAuthentication === 'basic' ? basic : undefined)
    expect(request?.fields.get('client_secret')).toBe(clientAuthentication === 'basic' ? null : 'a-b_c.d e')
  })

  it('asks nobody when the secret that is needed is not there', async () => {
    const { call, pending, page } = await start(secret)
    const answer = read(await server.agree(page))
    const client = { clientId: server.clientId, clientSecret: null }
    const failure = await failureOf(exchangeCode({ ...call, client }, pending, answer))
    expect(failure).toMatchObject({ code: 'client-id-missing', facts: { missing: 'client-secret' } })
    expect(server.received).toHaveLength(0)
  })

  it('asks nobody when the state is another one', async () => {
    const { call, pending, page } = await start(null)
    const answer = read(await server.agree(page, { code: 'x', state: 'another' }))
    await expect(exchangeCode(call, pending, answer)).rejects.toThrow()
    expect(server.received).toHaveLength(0)
  })

  it.each([
    ['the host', ''],
    ['the host with a slash', '/'],
    ['the folder of the endpoints', '/oauth'],
  ])('takes %s as the issuer', async (_, path) => {
    const { call, pending, page } = await start(null)
    const landed = `${await server.agree(page)}&iss=${encodeURIComponent(`${server.host}${path}`)}`
    expect((await exchangeCode(call, pending, read(landed))).kind).toBe('oauth')
  })

  it.each(['https://evil.example', 'http://127.0.0.1', '/oauth/authorize/x', '/other', '.evil.example'])(
    'takes no code from issuer %s',
    async (issuer) => {
      const { call, pending, page } = await start(null)
      const iss = issuer.startsWith('http') ? issuer : `${server.host}${issuer}`
      const landed = `${await server.agree(page)}&iss=${encodeURIComponent(iss)}`
      const failure = await failureOf(exchangeCode(call, pending, read(landed)))
      expect(failure).toMatchObject({ code: 'sign-in-mismatch', facts: { reason: 'issuer' } })
      expect(server.received).toHaveLength(0)
    },
  )

  it.each([
    ['access_denied', 'access-denied'],
    ['unauthorized_client', 'client-rejected'],
    ['invalid_scope', 'client-rejected'],
    ['redirect_uri_mismatch', 'client-rejected'],
    ['temporarily_unavailable', 'server-error'],
  ])('explains %s in the callback without asking anybody', async (error, code) => {
    const { call, pending, page } = await start(null)
    const failure = await failureOf(exchangeCode(call, pending, read(await server.agree(page, { error }))))
    expect(failure).toMatchObject({ code, facts: { error } })
    expect(server.received).toHaveLength(0)
  })

  it('turns errors that come with status 200 into errors, where the provider is known for it', async () => {
    const { call, pending, page } = await start(null)
    const answer = read(await server.agree(page))
    const body = { error: 'incorrect_client_credentials', error_description: 'The client_id is wrong' }
    server.reply({ status: 200, body }, { status: 200, body })
    const known = { ...call, offer: { ...call.offer, errorsWithStatus200: true } }
    expect(await failureOf(exchangeCode(known, pending, answer))).toMatchObject({
      code: 'client-rejected',
      facts: { error: 'incorrect_client_credentials', detail: 'The client_id is wrong' },
    })
    expect((await failureOf(exchangeCode(call, pending, answer))).code).toBe('bad-answer')
  })

  it.each([
    ['a used code', { status: 400, body: { error: 'invalid_grant' } }, 'sign-in-expired'],
    [
      'a wrong client',
      { status: 401, body: { error: 'invalid_client' }, headers: { 'www-authenticate': 'Basic realm="x"' } },
      'client-rejected',
    ],
    ['a limit', { status: 429, body: 'Retry later', headers: { 'retry-after': '30' } }, 'rate-limited'],
    ['a broken server', { status: 502, body: '<h1>Bad gateway</h1>' }, 'server-error'],
    ['a page instead of an answer', { status: 200, body: '<!doctype html>' }, 'bad-answer'],
    ['no object', { status: 200, body: [] }, 'bad-answer'],
    ['no token', { status: 200, body: { token_type: 'bearer' } }, 'bad-answer'],
    ['a token with a line break', { status: 200, body: { access_token: 'a\nb', token_type: 'bearer' } }, 'bad-answer'],
    ['an unknown token type', { status: 200, body: { access_token: 'a', token_type: 'mac' } }, 'bad-answer'],
    ['a redirect', { status: 302, body: '', headers: { location: 'https://evil.example' } }, 'moved'],
    ['a refusal without a reason', { status: 403, body: '{}' }, 'bad-answer'],
  ])('explains %s', async (_, reply, code) => {
    const { call, pending, page } = await start(null)
    const answer = read(await server.agree(page))
    server.reply(reply)
    const failure = await failureOf(exchangeCode(call, pending, answer))
    expect(failure.code).toBe(code)
    expect(failure.facts.host).toBe(new URL(server.host).host)
    if (code === 'rate-limited') expect(failure.facts.until).toBe('1030000')
  })

  it('keeps every secret out of what a server says about it', async () => {
    const { call, pending, page } = await start(secret)
    const answer = read(await server.agree(page))
    if (answer.kind !== 'code') throw new Error(answer.kind)
    const encoded = [Buffer.from(`id:${secret}`).toString('base64').slice(4), encodeURIComponent(secret)]
    const said = `no: ${answer.code.reveal()} ${pending.verifier.reveal()} ${secret} ${encoded.join(' ')}\u202e\n`
    server.reply({ status: 400, body: { error: 'invalid_request', error_description: said } })
    const failure = await failureOf(exchangeCode(call, pending, answer))
    expect(failure.facts.detail).toBe('no: [secret] [secret] [secret] [secret] [secret]')
  })

  it('reads what servers in the field write', async () => {
    const { call, pending, page } = await start(null)
    const body = {
      access_token: 'a',
      token_type: 'Bearer',
      scope: 'repo,gist',
      refresh_token: '',
      expires_in: '28800',
      refresh_token_expires_in: 100,
      id_token: 'never asked for',
    }
    server.reply({ status: 200, body })
    const credential = await exchangeCode(call, pending, read(await server.agree(page)))
    expect(credential).toMatchObject({
      refreshToken: null,
      scopes: ['repo', 'gist'],
      expiresAt: 29_800_000,
      refreshExpiresAt: 1_100_000,
    })
  })

  it.each([
    ['bearer', true],
    ['Bearer', true],
    ['BEARER', true],
    ['DPoP', false],
    ['dpop', false],
    ['mac', false],
    ['N_A', false],
    ['bearer ', false],
    ['bearer,dpop', false],
    ['', false],
    [undefined, false],
    [['bearer'], false],
  ])('takes a token of type %j: %s', async (token_type, taken) => {
    const { call, pending, page } = await start(null)
    server.reply({ status: 200, body: { access_token: 'a', refresh_token: 'r', token_type } })
    const exchanged = exchangeCode(call, pending, read(await server.agree(page)))
    if (taken) expect((await exchanged).accessToken.reveal()).toBe('a')
    else expect(await failureOf(exchanged)).toMatchObject({ code: 'bad-answer' })
  })

  it.each(['code', 'error'])('asks nobody when a host that names itself does not: %s', async (kind) => {
    const { call, pending, page } = await start(null)
    const landed = await server.agree(page, { [kind]: 'access_denied' })
    const failure = await failureOf(exchangeCode(call, pending, read(landed), { issuer: true }))
    expect(failure).toMatchObject({ code: 'sign-in-mismatch', facts: { reason: 'issuer-missing' } })
    expect(server.received).toEqual([])
  })

  it('sends nothing over plain http to another computer', async () => {
    const { call, pending, page } = await start(null, ({ redirect }) => ({
      ...(redirect && { redirect: { ...redirect, tokenEndpoint: 'http://git.example/token' } }),
    }))
    const answer = read(await server.agree(page))
    expect((await failureOf(exchangeCode(call, pending, answer))).code).toBe('address-refused')
  })
})
