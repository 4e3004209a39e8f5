import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../../../e2e/forge/forge'
import type { HttpCredential } from '../../credentials/credential'
import { Secret } from '../../credentials/secret'
import { connect, oauth, renewing, token } from '../../testing/connection'
import { loopbackFetch } from '../../testing/no-network'
import { publicKey, testAbilities } from '../../testing/provider-abilities-contract'
import { failureOf, type ProviderSpec, readPages, rowsOf, testProvider } from '../../testing/provider-contract'
import { gitea } from '.'

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

describe.each([
  ['gitea', true],
  ['gitea', false],
  ['forgejo', true],
  ['forgejo', false],
] as const)(
  'what only Gitea and Forgejo have: %s, which holds OAuth tokens to their scopes: %s',
  (dialect, oauthScopes) => {
    let forge: Forge
    beforeAll(async () => {
      forge = await startForge({ dialect, settings: { oauthScopes } })
    })
    afterAll(async () => {
      expect(forge.problems).toEqual([])
      await forge.close()
    })

    const clientOf = (credential: HttpCredential) =>
      gitea.client(
        connect({ provider: gitea, host: forge.address, kind: credential.kind, credentials: renewing(credential) })
          .http,
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
      expect(access.selection).toBe(oauthScopes ? 'all' : 'full')
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

    it('makes a hook anew for a new secret, since a change leaves it as it was', async () => {
      const inside = await forge.world.createRepository({ owner: 'ada', name: 'renewed' })
      const client = clientOf(made())
      const ref = { id: String(inside.id), path: '' }
      const hook = { url: 'https://deploy.example.org/hook', secret: new Secret('old-secret-12') }
      const first = await client.webhooks?.create(ref, hook)
      const beside = await client.webhooks?.createBeside?.(ref, { ...hook, secret: new Secret('mid-secret-12') })
      const secrets = () => forge.state.hooks.of(inside.id).map(({ secret }) => secret)
      expect(secrets()).toEqual(['old-secret-12', 'mid-secret-12'])
      const next = await client.webhooks?.update(ref, first?.id ?? '', { ...hook, secret: new Secret('new-secret-12') })
      expect(secrets()).toEqual(['new-secret-12'])
      expect([first?.id, beside?.id]).not.toContain(next?.id)
    })

    it('reads the address of a hook without the deprecated config', async () => {
      const inside = await forge.world.createRepository({ owner: 'ada', name: 'no-config' })
      const client = clientOf(made())
      const ref = { id: String(inside.id), path: '' }
      const url = 'https://deploy.example.org/hook'
      await client.webhooks?.create(ref, { url, secret: new Secret('a-secret-12') })
      const strip = (rows: unknown) => (rows as object[]).map((row) => ({ ...row, url, config: undefined }))
      forge.faults.next({ match: /\/hooks$/, json: strip })
      expect(await client.webhooks?.list(ref)).toMatchObject([{ url }])
    })

    it('names the scope that is missing', async () => {
      const { code, facts } = await failureOf(clientOf(made(['read:repository'])).viewer())
      expect([code, facts.scope]).toEqual(['scope-missing', 'read:user'])
      // As a token for specific repositories answers, which can't have that scope.
      expect(facts).toMatchObject({ why: 'no-person', needs: 'read:user, read:repository' })
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
  },
)

it('says nothing beforehand of what shows only after signing in', () => {
  expect(gitea.signIn('https://codeberg.org').notes).toEqual([])
  expect(gitea.signIn('http://127.0.0.1:3000').notes).toEqual(['insecure-http'])
})

it('lists all by the address that was typed, where the server has another one for itself', async () => {
  const real = await startForge({ dialect: 'forgejo', repositories: 120, rootUrl: 'https://git.example.org/git' })
  const inside = await real.world.createRepository({
    owner: 'ada',
    name: 'branchy',
    branches: Array.from({ length: 60 }, (_, i) => `topic-${i}`),
  })
  const credentials = renewing(token(real.personalAccessToken({ user: 'ada' })))
  const client = gitea.client(connect({ provider: gitea, host: real.origin, credentials }).http)
  expect(rowsOf((await readPages(client)).pages)).toHaveLength(121)
  const owner = { id: String(inside.id), path: 'ada/branchy', defaultBranch: 'main' }
  expect((await client.branches(owner, { text: 'topic', cursor: null })).branches).toHaveLength(60)
  expect((await client.branches(owner, { text: '', cursor: null })).next).toBe('2')
  await real.close()
})
