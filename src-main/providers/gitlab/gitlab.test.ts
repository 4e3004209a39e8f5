import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../../../e2e/forge/forge'
import type { HttpCredential } from '../../credentials/credential'
import { Secret } from '../../credentials/secret'
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

  it('reads its log in pages of 20, with the times and failures that it tells', async () => {
    const project = await forge.world.createRepository({ owner: 'ada', name: 'logged' })
    const client = clientOf(made())
    const ref = { id: String(project.id), path: '' }
    const hook = await client.webhooks?.create(ref, { url: 'http://127.0.0.1:9/x', secret: new Secret('a-secret-12') })
    for (let count = 0; count < 45; count += 1)
      await forge.push(project, { message: `${count}`, files: { a: `${count}` } })
    await forge.state.hooks.idle()
    const log = (await client.webhooks?.deliveries?.(ref, hook?.id ?? '')) ?? []
    // A hook that fails four times is switched off for a while.
    expect(log.length).toBeGreaterThanOrEqual(4)
    expect(log[0]).toMatchObject({ failed: true, status: null, response: expect.stringContaining('ECONNREFUSED') })
    expect(Math.abs((log[0]?.at ?? 0) - forge.clock.now())).toBeLessThan(60_000)
    expect(forge.requests.all.filter(({ status }) => status === 400)).toEqual([])
  })

  it.each([
    [
      { response_status: 'internal error', response_headers: {} },
      { failed: true, status: null, response: 'internal error' },
    ],
    [
      { response_status: '502', response_body: 'Bad' },
      { failed: true, status: 502, response: 'Bad' },
    ],
    [
      { response_status: '204', response_headers: [] },
      { failed: false, status: 204, response: null },
    ],
    [{ response_status: 200 }, { failed: false, status: 200 }],
    [
      { response_status: null, created_at: null, response_headers: { Date: 'Mon, 30 Nov 2026 10:00:00 GMT' } },
      { failed: false, status: null },
    ],
  ])('takes %j in its log for %j', async (row, delivery) => {
    const body = [{ id: 1, trigger: 'push_hooks', created_at: '2026-11-30T10:00:00Z', ...row }]
    forge.faults.next({ match: /\/events$/, body })
    const at = Date.UTC(2026, 10, 30, 10)
    expect(await clientOf(made()).webhooks?.deliveries?.({ id: '1', path: '' }, '1')).toMatchObject([
      { at, ...delivery },
    ])
  })

  it('lists all by the address that was typed, where the instance has another one for itself', async () => {
    const real = await startForge({ dialect: 'gitlab', repositories: 230, rootUrl: 'https://git.example.org/git' })
    const credentials = renewing(token(real.personalAccessToken({ user: 'ada' })))
    const client = gitlab.client(connect({ provider: gitlab, host: real.origin, credentials }).http)
    expect(rowsOf((await readPages(client)).pages)).toHaveLength(230)
    await real.close()
  })

  it('has no log at an instance before 17.3', async () => {
    const old = await startForge({ dialect: 'gitlab', settings: { version: '17.2.9' } })
    const project = await old.world.createRepository({ owner: 'ada', name: 'app' })
    const credentials = renewing(token(old.personalAccessToken({ user: 'ada' })))
    const client = gitlab.client(connect({ provider: gitlab, host: old.address, credentials }).http)
    const ref = { id: String(project.id), path: '' }
    const hook = await client.webhooks?.create(ref, { url: 'http://127.0.0.1:9/x', secret: new Secret('a-secret-12') })
    expect(await client.webhooks?.deliveries?.(ref, hook?.id ?? '')).toBeNull()
    await old.close()
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
