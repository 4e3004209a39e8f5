import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../../../e2e/forge/forge'
import type { HttpCredential } from '../../credentials/credential'
import { connect, oauth, renewing, token } from '../../testing/connection'
import { loopbackFetch } from '../../testing/no-network'
import { testAbilities } from '../../testing/provider-abilities-contract'
import { failureOf, type ProviderSpec, readPages, rowsOf, testProvider } from '../../testing/provider-contract'
import { gitlab } from '.'

const spec: ProviderSpec = {
  provider: gitlab,
  dialect: 'gitlab',
  listing: /^GET (\/git)?\/api\/v4\/projects$/,
  narrow: ['read_user'],
}

describe('GitLab', () => {
  testProvider(spec)
  testAbilities(spec)
})

describe('GitLab below a path', () => {
  testProvider({ ...spec, basePath: '/git' })
})

describe('what only GitLab has', () => {
  let forge: Forge
  beforeAll(async () => {
    forge = await startForge({ dialect: 'gitlab', repositories: 10_250 })
  })
  afterAll(async () => {
    expect(forge.problems).toEqual([])
    await forge.close()
  })

  const clientOf = (credential: HttpCredential) =>
    gitlab.client(
      connect({ provider: gitlab, host: forge.address, kind: credential.kind, credentials: renewing(credential) }).http,
    )
  const made = (scopes?: readonly string[]) =>
    token(forge.personalAccessToken({ user: 'ada', ...(scopes && { scopes }) }))

  it('lists more than GitLab counts, by position, with nested groups as paths', async () => {
    const client = clientOf(made())
    const rows = rowsOf((await readPages(client)).pages)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(10_250)
    expect(await client.count()).toBeNull()
    const nested = rows.find(({ owner }) => owner.split('/').length === 3)
    expect(nested?.path).toBe(`${nested?.owner}/${nested?.name}`)
    expect(await client.findRepository(nested?.path ?? '')).toMatchObject({ id: nested?.id })
  })

  it('finds a project under its old name', async () => {
    const project = await forge.world.createRepository({ owner: 'flowmatic/compilers', name: 'a-0' })
    forge.world.rename(project, 'b-0')
    expect(await clientOf(made()).findRepository('flowmatic/compilers/a-0')).toMatchObject({
      id: String(project.id),
      path: 'flowmatic/compilers/b-0',
    })
  })

  it('knows what a token may and when it ends', async () => {
    const expiresAt = Date.parse('2027-03-01')
    const own = token(forge.personalAccessToken({ user: 'ada', scopes: ['read_api', 'read_repository'], expiresAt }))
    expect(await clientOf(own).viewer()).toMatchObject({
      scopes: ['read_api', 'read_repository'],
      expiresAt,
      attention: null,
    })
    expect((await clientOf(made(['read_api'])).viewer()).attention).toMatchObject({
      code: 'scope-missing',
      facts: { scope: 'read_repository' },
    })
  })

  it('tells a narrow scope, a revoked token and an expired one apart', async () => {
    const narrow = clientOf(made(['read_user']))
    expect(await failureOf(readPages(narrow))).toMatchObject({
      code: 'scope-missing',
      facts: { scope: expect.stringContaining('read_api') },
    })
    const project = forge.world.repositories()[0]
    const reading = clientOf(made(['read_api', 'read_repository']))
    const ref = { id: String(project?.id), path: '' }
    const refused = await failureOf(
      reading.deployKeys?.add(ref, { title: 'x', publicKey: 'ssh-ed25519 AAAA' }) ?? Promise.resolve(),
    )
    expect([refused.code, refused.facts.scope]).toEqual(['scope-missing', 'api'])
    const dead = made()
    forge.revokeTokens('ada')
    expect((await failureOf(clientOf(dead).viewer())).code).toBe('auth-revoked')
  })

  it('revokes what a sign-in brought without a secret, and reads its scopes', async () => {
    const redirectUri = 'http://127.0.0.1/callback'
    const app = forge.oauthApp({ redirectUris: [redirectUri], confidential: false })
    const offer = gitlab.signIn(forge.address).redirect
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: offer?.scopes.join(' ') ?? '',
      state: 'x',
    })
    const landed = await forge.approve(`${offer?.authorizationEndpoint}?${query}`, { as: 'ada' })
    const answer = await loopbackFetch(offer?.tokenEndpoint ?? '', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: app.clientId,
        code: new URL(landed).searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
      }),
    })
    const { access_token } = (await answer.json()) as { access_token: string }
    const credential = oauth(access_token, app.clientId)
    const client = clientOf(credential)
    expect((await client.viewer()).scopes).toEqual(['read_api', 'read_repository'])
    expect(await client.revoke?.run(credential, null)).toEqual({
      revoked: true,
      page: `${forge.address}/-/user_settings/applications`,
    })
    expect((await failureOf(client.viewer())).code).toBe('auth-revoked')
  })
})
