import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../../../e2e/forge/forge'
import { Secret } from '../../credentials/secret'
import { connect, oauth, renewing, token } from '../../testing/connection'
import { publicKey, testAbilities } from '../../testing/provider-abilities-contract'
import { failureOf, type ProviderSpec, readPages, rowsOf, testProvider } from '../../testing/provider-contract'
import { bitbucket } from '.'
import { apiBase } from './hosts'

const spec: ProviderSpec = {
  provider: bitbucket,
  dialect: 'bitbucket',
  listing: /^GET \/2\.0\/repositories\/[^/]+$/,
  narrow: ['read:user:bitbucket', 'read:workspace:bitbucket'],
  credential: (value, user) => token(value, `${user}@example.com`),
  firstPages: 4,
  nextPage: (address) => ({
    json: (page) => ({
      ...(page as object),
      next: address === 'self' ? '?role=member&sort=created_on&pagelen=100' : address,
    }),
  }),
}

describe('Bitbucket', () => {
  testProvider(spec)
  testAbilities(spec)
})

describe('what only Bitbucket has', () => {
  let forge: Forge
  beforeAll(async () => {
    forge = await startForge({ dialect: 'bitbucket' })
    forge.world.seed({ repositories: 350, owners: ['ada'] })
  })
  afterAll(async () => {
    expect(forge.problems).toEqual([])
    await forge.close()
  })

  const made = (scopes?: readonly string[]) =>
    token(forge.personalAccessToken({ user: 'ada', ...(scopes && { scopes }) }), 'ada@example.com')
  const clientOf = (credential: ReturnType<typeof token>) =>
    bitbucket.client(connect({ provider: bitbucket, host: forge.address, credentials: renewing(credential) }).http)

  it('has its API on a host of its own', () => {
    expect(apiBase('https://bitbucket.org')).toBe('https://api.bitbucket.org/2.0')
    expect(apiBase('http://127.0.0.1:9')).toBe('http://127.0.0.1:9/2.0')
  })

  it('sends tokens in the form that fits their kind', () => {
    const email = bitbucket.authorization(token('secret', 'ada@example.com'))
    expect(email).toEqual({ authorization: `Basic ${btoa('ada@example.com:secret')}` })
    expect(bitbucket.authorization(token('secret'))).toEqual({ authorization: 'Bearer secret' })
    expect(bitbucket.authorization(oauth('secret'))).toEqual({ authorization: 'Bearer secret' })
    expect(bitbucket.gitCredential(token('secret', 'ada@example.com')).username).toBe('x-bitbucket-api-token-auth')
    expect(bitbucket.gitCredential(token('secret')).username).toBe('x-token-auth')
    expect(bitbucket.gitCredential(oauth('secret')).username).toBe('x-token-auth')
  })

  it('lists a large workspace whole, and never asks for what was removed', async () => {
    const client = clientOf(made())
    const rows = rowsOf((await readPages(client)).pages)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(350)
    expect(await client.count()).toBe(350)
    expect((await client.viewer()).access.owners.map(({ name }) => name)).toContain('ada')
    expect(forge.requests.all.filter(({ status }) => status === 410)).toEqual([])
  })

  it('offers clone addresses without anybody in them', async () => {
    const [row] = rowsOf((await readPages(clientOf(made()))).pages)
    expect(new URL(row?.httpsUrl ?? '').username).toBe('')
    expect(row?.id).toMatch(/^\{[0-9a-f-]{36}\}$/)
  })

  it('reads rows that hold what they must and nothing more', async () => {
    const must = ['type', 'uuid', 'full_name', 'is_private', 'links']
    const bare = (row: object) => Object.fromEntries(Object.entries(row).filter(([key]) => must.includes(key)))
    const page = (body: unknown) => ({ ...(body as object), values: (body as { values: object[] }).values.map(bare) })
    forge.faults.next({ match: /\/repositories\/ada$/, json: page, times: 9 })
    const rows = rowsOf((await readPages(clientOf(made()))).pages)
    forge.faults.clear()
    const [row] = rows
    expect(rows).toHaveLength(350)
    expect(row).toMatchObject({ owner: 'ada', path: `ada/${row?.name}`, defaultBranch: null, pushedAt: null })
    const unlinked = (body: unknown) => {
      const { links, ...rest } = body as { links: { html: object } }
      return {
        ...rest,
        links: { ...links, html: { href: '' }, clone: null },
        name: null,
        language: null,
        mainbranch: { name: null },
      }
    }
    forge.faults.next({ match: /^GET/, json: unlinked })
    expect(await clientOf(made()).findRepository(row?.path ?? '')).toMatchObject({
      httpsUrl: `${row?.webUrl}.git`,
      sshUrl: null,
      defaultBranch: null,
    })
  })

  it('asks a token for the scopes that deploys need, removal included, and needs no other', async () => {
    const { deployScopes = [] } = bitbucket.signIn('https://bitbucket.org')
    const repository = await forge.world.createRepository({ owner: 'ada', name: 'scoped' })
    const client = clientOf(made(deployScopes))
    const ref = { id: (await client.findRepository('ada/scoped'))?.id ?? '', path: 'ada/scoped' }
    const hook = { url: 'https://deploy.example.org/hook', secret: new Secret('a-secret-12') }
    const added = await client.webhooks?.create(ref, hook)
    await client.webhooks?.remove(ref, added?.id ?? '')
    const key = await client.deployKeys?.add(ref, { title: 'x', publicKey: publicKey('x') })
    await client.deployKeys?.remove(ref, key?.id ?? '')
    expect(forge.state.deployKeys.of(repository.id)).toEqual([])
    const less = clientOf(made(deployScopes.filter((scope) => !scope.endsWith(':ssh-key:bitbucket'))))
    const refused = less.deployKeys?.add(ref, { title: 'x', publicKey: publicKey('y') }) ?? Promise.resolve()
    expect(await failureOf(refused)).toMatchObject({
      code: 'scope-missing',
      facts: { scope: 'admin:repository:bitbucket write:ssh-key:bitbucket' },
    })
  })

  it('names the scope that is missing', async () => {
    expect(await failureOf(readPages(clientOf(made(['read:user:bitbucket']))))).toMatchObject({
      code: 'scope-missing',
      facts: { scope: 'read:workspace:bitbucket' },
    })
    const { attention } = await clientOf(made(['read:user:bitbucket'])).viewer()
    expect(attention?.facts.scope).toBe('read:workspace:bitbucket')
  })

  it('signs in by a fixed callback and with a secret', () => {
    expect(bitbucket.signIn('https://bitbucket.org').redirect).toMatchObject({
      needsSecret: true,
      clientAuthentication: 'basic',
      deepLink: false,
      loopback: 34_106,
      loopbackHost: 'localhost',
      scopes: [],
    })
  })
})
