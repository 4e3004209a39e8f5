import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../../../e2e/forge/forge'
import type { HttpCredential } from '../../credentials/credential'
import { Secret } from '../../credentials/secret'
import { connect, oauth, renewing, token } from '../../testing/connection'
import { loopbackFetch } from '../../testing/no-network'
import { publicKey, testAbilities } from '../../testing/provider-abilities-contract'
import { failureOf, type ProviderSpec, testProvider } from '../../testing/provider-contract'
import { gitea } from '.'
import { honoursScopes } from './viewer'

const spec: ProviderSpec = {
  provider: gitea,
  dialect: 'gitea',
  listing: /^GET (\/git)?\/api\/v1\/user\/repos$/,
  narrow: ['read:user'],
}

describe('Gitea', () => {
  testProvider(spec)
  testAbilities(spec)
})

describe('Forgejo below a path', () => {
  testProvider({ ...spec, dialect: 'forgejo', basePath: '/git' })
})

it.each([
  ['1.25.2', true],
  ['1.23.0', true],
  ['1.22.6', false],
  ['2.0.0', true],
  ['16.0.4+gitea-1.22.0', false],
  ['13.0.0-dev+gitea-1.22.0', false],
  ['something', false],
])('version %s honours scopes: %s', (version, honoured) => {
  expect(honoursScopes(version)).toBe(honoured)
})

describe.each(['gitea', 'forgejo'] as const)('what only Gitea and Forgejo have: %s', (dialect) => {
  let forge: Forge
  beforeAll(async () => {
    forge = await startForge({ dialect })
  })
  afterAll(async () => {
    expect(forge.problems).toEqual([])
    await forge.close()
  })

  const clientOf = (credential: HttpCredential) =>
    gitea.client(
      connect({ provider: gitea, host: forge.address, kind: credential.kind, credentials: renewing(credential) }).http,
    )
  const made = (scopes?: readonly string[]) =>
    token(forge.personalAccessToken({ user: 'ada', ...(scopes && { scopes }) }))

  it('shows whether the server holds a token to its scopes', async () => {
    const redirectUri = 'http://127.0.0.1/callback'
    const app = forge.oauthApp({ redirectUris: [redirectUri], confidential: false })
    const offer = gitea.signIn(forge.address).redirect
    const verifier = 'a-verifier-that-is-long-enough-for-the-server-0123456789'
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: offer?.scopes.join(' ') ?? '',
      state: 'x',
      code_challenge: Buffer.from(digest).toString('base64url'),
      code_challenge_method: 'S256',
    })
    const landed = await forge.approve(`${offer?.authorizationEndpoint}?${query}`, { as: 'ada' })
    const answer = await loopbackFetch(offer?.tokenEndpoint ?? '', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: app.clientId,
        code: new URL(landed).searchParams.get('code') ?? '',
        code_verifier: verifier,
        redirect_uri: redirectUri,
      }),
    })
    const { access_token } = (await answer.json()) as { access_token: string }
    const { access } = await clientOf(oauth(access_token, app.clientId)).viewer()
    expect(access.selection).toBe(dialect === 'forgejo' ? 'full' : 'all')
    expect((await clientOf(made()).viewer()).access.selection).toBe('all')
  })

  it('follows a renamed repository, and never writes to the one that took its name', async () => {
    const client = clientOf(made())
    const first = await forge.world.createRepository({ owner: 'ada', name: 'name' })
    const stale = await client.findRepository('ada/name')
    forge.world.rename(first, 'other-name')
    expect(await client.findRepository('ada/name')).toMatchObject({ id: String(first.id), path: 'ada/other-name' })
    const second = await forge.world.createRepository({ owner: 'ada', name: 'name' })
    await client.webhooks?.create(stale ?? { id: '', path: '' }, {
      url: 'https://deploy.example.org/hook',
      secret: new Secret('a-secret-1234'),
    })
    expect(forge.state.hooks.of(first.id)).toHaveLength(1)
    expect(forge.state.hooks.of(second.id)).toHaveLength(0)
  })

  it('names the scope that is missing', async () => {
    const { code, facts } = await failureOf(clientOf(made(['read:repository'])).viewer())
    expect([code, facts.scope]).toEqual(['scope-missing', 'read:user'])
  })

  it('gives a second key of the same title another', async () => {
    await forge.world.createRepository({ owner: 'ada', name: 'keys' })
    const client = clientOf(made())
    const ref = await client.findRepository('ada/keys')
    if (ref === null) throw new Error('It is not there.')
    await client.deployKeys?.add(ref, { title: 'web-1', publicKey: publicKey('a') })
    const second = await client.deployKeys?.add(ref, { title: 'web-1', publicKey: publicKey('b') })
    expect(second?.title).toMatch(/^web-1 [0-9a-f]{8}$/)
  })
})

it('says beforehand that Codeberg gives OAuth tokens all rights', () => {
  expect(gitea.signIn('https://codeberg.org').notes).toEqual(['full-access'])
  expect(gitea.signIn('http://127.0.0.1:3000').notes).toEqual(['insecure-http'])
})
