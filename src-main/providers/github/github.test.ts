import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../../../e2e/forge/forge'
import { install } from '../../../e2e/forge/github/installations'
import type { HttpCredential } from '../../credentials/credential'
import { Secret } from '../../credentials/secret'
import { connect, oauth, renewing, token } from '../../testing/connection'
import { loopbackFetch } from '../../testing/no-network'
import { publicKey, testAbilities } from '../../testing/provider-abilities-contract'
import {
  failureOf,
  type ProviderSpec,
  readPages,
  rowsOf,
  testProvider,
  withRows,
} from '../../testing/provider-contract'
import { github } from '.'
import { apiBase } from './hosts'

const spec: ProviderSpec = {
  provider: github,
  dialect: 'github',
  listing: /^GET \/api\/v3\/user\/repos$/,
  narrow: ['read:user'],
}

describe('GitHub', () => {
  testProvider(spec)
  testAbilities(spec)
})

describe('where GitHub has its API', () => {
  it.each([
    ['https://github.com', 'https://api.github.com'],
    ['https://octo.ghe.com', 'https://api.octo.ghe.com'],
    ['https://git.example.org', 'https://git.example.org/api/v3'],
    ['https://ghe.com.example.org', 'https://ghe.com.example.org/api/v3'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/api/v3'],
  ])('%s: %s', (host, base) => {
    expect(apiBase(host)).toBe(base)
  })
})

describe('sign-in at GitHub', () => {
  it('asks an OAuth app for scopes and a GitHub App for none', () => {
    const offer = github.signIn('https://github.com', 'Ov23liabc')
    expect(offer.redirect).toMatchObject({ needsSecret: true, scopes: ['repo', 'read:org'], loopback: 'any-port' })
    expect(offer.device).toMatchObject({ scopes: ['repo', 'read:org'] })
    const app = github.signIn('https://github.com', 'Iv23liabc')
    expect([app.redirect?.scopes, app.device?.scopes, app.redirect?.loopback]).toEqual([[], [], null])
    expect(offer.notes).toEqual(['device-recommended', 'secret-needed'])
    expect(github.signIn('http://127.0.0.1:1').notes).toContain('insecure-http')
  })
})

describe('what only GitHub has', () => {
  let forge: Forge
  beforeAll(async () => {
    forge = await startForge({ dialect: 'github', repositories: 250 })
  })
  afterAll(async () => {
    expect(forge.problems).toEqual([])
    await forge.close()
  })

  const clientOf = (credential: HttpCredential) =>
    github.client(
      connect({ provider: github, host: forge.address, kind: credential.kind, credentials: renewing(credential) }).http,
    )

  /** A token as a sign-in of Ada brings it. */
  const signedIn = async (kind: 'oauth-app' | 'github-app', scope = 'repo read:org') => {
    const redirectUri = 'http://127.0.0.1/callback'
    const app = forge.oauthApp({ kind, redirectUris: [redirectUri], name: `CloudAIPilot ${kind} ${Math.random()}` })
    const query = new URLSearchParams({ client_id: app.clientId, redirect_uri: redirectUri, scope, state: 'x' })
    const landed = await forge.approve(`${forge.address}/login/oauth/authorize?${query}`, { as: 'ada' })
    const answer = await loopbackFetch(`${forge.address}/login/oauth/access_token`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({
        client_id: app.clientId,
        client_secret: app.clientSecret,
        code: new URL(landed).searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
      }),
    })
    const { access_token } = (await answer.json()) as { access_token: string }
    return { app, credential: oauth(access_token) }
  }

  it('lists unchanged pages again without their bodies', async () => {
    const client = clientOf(token(forge.personalAccessToken({ user: 'ada' })))
    const { pages } = await readPages(client)
    const known = pages.map((page) => ({
      url: page.url,
      etag: page.etag ?? '',
      rows: 'rows' in page ? page.rows.length : 0,
    }))
    forge.requests.clear()
    expect((await readPages(client, known)).pages.every((page) => 'unchanged' in page)).toBe(true)
    expect(forge.requests.matching(spec.listing).map(({ status, bytes }) => [status, bytes])).toEqual([
      [304, 0],
      [304, 0],
      [304, 0],
    ])
    const [first] = forge.world.repositories()
    if (first) forge.world.update(first, { description: 'changed' })
    const again = await readPages(client, known)
    expect(again.pages.filter((page) => 'rows' in page)).toHaveLength(1)
  })

  it('follows a renamed repository and finds it under both names', async () => {
    const client = clientOf(token(forge.personalAccessToken({ user: 'ada' })))
    const made = await forge.world.createRepository({ owner: 'ada', name: 'old-name' })
    forge.world.rename(made, 'new-name')
    expect(await client.findRepository('ada/old-name')).toMatchObject({ id: String(made.id), path: 'ada/new-name' })
    const stale = { id: String(made.id), path: 'ada/old-name' }
    const hook = { url: 'https://deploy.example.org/x', secret: new Secret('a-secret-1234') }
    expect(await client.webhooks?.create(stale, hook)).toMatchObject({ url: hook.url })
  })

  it('lists what a GitHub App was given, owner by owner', async () => {
    const { app, credential } = await signedIn('github-app')
    const client = clientOf(credential)
    // Signing in installs the app on what was chosen there; this test chooses by itself.
    forge.state.installations.length = 0
    expect((await client.viewer()).attention).toMatchObject({ code: 'repos-hidden', facts: { why: 'not-installed' } })
    expect(rowsOf((await readPages(client)).pages)).toEqual([])

    const [flowmatic, harbor] = ['flowmatic', 'harbor-lights'].map((name) => forge.world.findAccount(name))
    if (!flowmatic || !harbor) throw new Error('They are not there.')
    const mine = forge.world.repositories().filter(({ owner }) => owner.id === harbor.id)
    install(forge.state, app, flowmatic, 'all')
    install(forge.state, app, harbor, new Set(mine.slice(0, 2).map(({ id }) => id)))
    const viewer = await client.viewer()
    expect(viewer.scopes).toBeNull()
    expect(viewer.attention).toBeNull()
    expect(viewer.access.selection).toBe('chosen')
    expect(viewer.access.owners).toMatchObject([
      { name: 'flowmatic', selection: 'all' },
      { name: 'harbor-lights', selection: 'chosen' },
    ])
    const rows = rowsOf((await readPages(client)).pages)
    const all = forge.world.repositories().filter(({ owner }) => owner.id === flowmatic.id)
    expect(rows).toHaveLength(all.length + 2)
    expect(await client.count()).toBe(all.length + 2)
  })

  it('names an installation of an enterprise, which has no login', async () => {
    const { app, credential } = await signedIn('github-app')
    forge.state.installations.length = 0
    const [flowmatic, harbor] = ['flowmatic', 'harbor-lights'].map((name) => forge.world.findAccount(name))
    if (!flowmatic || !harbor) throw new Error('They are not there.')
    install(forge.state, app, flowmatic, 'all')
    install(forge.state, app, harbor, 'all')
    const enterprise = withRows(([first, ...rest]) => [
      { ...(first as object), account: { id: 7, slug: 'acme-inc', name: 'Acme Inc.' }, target_type: 'Enterprise' },
      ...rest,
      null,
    ])
    forge.faults.next({ match: /\/user\/installations$/, times: 9, json: enterprise })
    const { access, attention } = await clientOf(credential).viewer()
    expect(access.owners.map(({ name }) => name)).toEqual(['acme-inc', 'harbor-lights'])
    expect(attention).toMatchObject({ code: 'rows-left-out', facts: { count: '1' } })
    forge.faults.clear()
  })

  it('does not count a deploy key that is switched off, and makes it anew', async () => {
    const inside = await forge.world.createRepository({ owner: 'ada', name: 'switched-off' })
    const { deployKeys } = clientOf(token(forge.personalAccessToken({ user: 'ada' })))
    const ref = { id: String(inside.id), path: '' }
    const key = { title: 'Server', publicKey: publicKey('server') }
    const added = await deployKeys?.add(ref, key)
    const [kept] = forge.state.deployKeys.of(inside.id)
    if (kept) kept.disabled = true
    expect(await deployKeys?.list(ref)).toEqual([])
    const again = await deployKeys?.add(ref, key)
    expect(again?.id).not.toBe(added?.id)
    expect(await deployKeys?.list(ref)).toMatchObject([{ id: again?.id }])
  })

  it('keeps deliveries apart whose numbers are beyond 2^53', async () => {
    const inside = await forge.world.createRepository({ owner: 'ada', name: 'delivered' })
    const { webhooks } = clientOf(token(forge.personalAccessToken({ user: 'ada' })))
    const ref = { id: String(inside.id), path: '' }
    const hook = await webhooks?.create(ref, { url: 'http://127.0.0.1:9/x', secret: new Secret('a-secret-12') })
    for (let count = 0; count < 3; count += 1) await webhooks?.test?.(ref, hook?.id ?? '')
    await forge.state.hooks.idle()
    const ids = (await webhooks?.deliveries?.(ref, hook?.id ?? ''))?.map(({ id }) => id) ?? []
    expect(new Set(ids).size).toBe(4)
    expect(ids.every((id) => BigInt(id) > 2n ** 53n)).toBe(true)
  })

  it('notices organisations that a single sign-on hides', async () => {
    const harbor = forge.world.findAccount('harbor-lights')
    if (harbor?.kind !== 'organization') throw new Error('It is not there.')
    forge.world.update(harbor, { requiresSso: true })
    const client = clientOf(token(forge.personalAccessToken({ user: 'ada' })))
    const viewer = await client.viewer()
    expect(viewer.attention).toMatchObject({ code: 'sso-required', facts: { owner: 'harbor-lights' } })
    expect(viewer.access.owners).toContainEqual({
      name: 'harbor-lights',
      selection: 'sso-required',
      manageUrl: `${forge.address}/orgs/harbor-lights/sso`,
    })
    const { pages, partial } = await readPages(client)
    expect(rowsOf(pages).some((row) => row.owner === 'harbor-lights' && row.private)).toBe(false)
    expect(partial).toMatchObject([{ code: 'sso-required', facts: { owner: 'harbor-lights' } }])
    const hidden = forge.world.repositories().find((one) => one.owner.id === harbor.id && one.private)
    const { code, facts } = await failureOf(client.findRepository(`harbor-lights/${hidden?.name}`))
    expect([code, facts.url]).toEqual(['sso-required', expect.stringContaining('/orgs/harbor-lights/sso')])
    forge.world.update(harbor, { requiresSso: false })
  })

  it('names an organisation that lets no OAuth app in', async () => {
    const { credential } = await signedIn('oauth-app')
    forge.faults.next({
      match: 'GET /api/v3/orgs/flowmatic/repos',
      status: 403,
      body: {
        message:
          'Although you appear to have the correct authorization credentials, the `flowmatic` organization has enabled OAuth App access restrictions',
      },
    })
    const { attention, access } = await clientOf(credential).viewer()
    expect(attention).toMatchObject({ code: 'access-restricted', facts: { owner: 'flowmatic' } })
    expect(access.owners.find(({ name }) => name === 'flowmatic')?.selection).toBe('blocked')
    expect(access.manageUrl).toMatch(/\/settings\/connections\/applications\/Ov/)
  })

  it('tells a narrow scope from a missing repository', async () => {
    const client = clientOf(token(forge.personalAccessToken({ user: 'ada', scopes: ['read:user'] })))
    const hidden = forge.world.repositories().find((one) => one.private)
    forge.faults.next({
      match: /^GET \/api\/v3\/repos\//,
      status: 404,
      body: { message: 'Not Found' },
      headers: { 'x-oauth-scopes': 'read:user', 'x-accepted-oauth-scopes': 'repo' },
    })
    const { code, facts } = await failureOf(client.findRepository(`x/${hidden?.name}`))
    expect([code, facts.scope]).toEqual(['scope-missing', 'repo'])
  })

  it('reads when a token made by hand ends', async () => {
    const expiresAt = Date.parse('2027-01-31T10:00:00Z')
    const client = clientOf(token(forge.personalAccessToken({ user: 'ada', expiresAt })))
    expect((await client.viewer()).expiresAt).toBe(expiresAt)
    forge.faults.next({
      match: 'GET /api/v3/user',
      headers: { 'github-authentication-token-expiration': '2027-01-31 12:00:00 +0200' },
    })
    expect((await client.viewer()).expiresAt).toBe(expiresAt)
  })

  it('revokes by the app with its secret', async () => {
    const { app, credential } = await signedIn('oauth-app')
    const client = clientOf(credential)
    const clientSecret = new Secret(app.clientSecret)
    const result = await client.revoke?.run(credential, { clientId: app.clientId, clientSecret })
    expect(result).toEqual({
      revoked: true,
      page: `${forge.address}/settings/connections/applications/${app.clientId}`,
    })
    expect((await failureOf(client.viewer())).code).toBe('auth-expired')
  })

  it.each([
    ['github.com', true],
    ['server', false],
  ] as const)('revokes without a secret on %s: %s', async (edition, revoked) => {
    const server = await startForge({ dialect: 'github', settings: { edition } })
    const credential = token(server.personalAccessToken({ user: 'ada' }))
    const { http } = connect({ provider: github, host: server.address, credentials: renewing(credential) })
    const client = github.client(http)
    expect(await client.revoke?.run(credential, null)).toEqual({ revoked, page: `${server.address}/settings/tokens` })
    if (revoked) expect((await failureOf(client.viewer())).code).toBe('auth-expired')
    else expect((await client.viewer()).login).toBe('ada')
    await server.close()
  })
})
