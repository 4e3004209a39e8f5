import { createHmac, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Repository } from '../entities'
import { type Forge, startForge } from '../forge'
import { type LocalRequest, localRequest } from '../local-request'
import { type Receiver, startReceiver } from '../receiver'
import { sshLine } from '../test-keys'

let forge: Forge
let forgejo: Forge
let receiver: Receiver
let token: string
let app: Repository
beforeAll(async () => {
  forge = await startForge({ dialect: 'gitea', repositories: 180 })
  forgejo = await startForge({ dialect: 'forgejo' })
  receiver = await startReceiver()
  token = forge.personalAccessToken({ user: 'ada', scopes: ['read:user', 'write:repository'] })
  app = await forge.world.createRepository({ owner: 'ada', name: 'app', branches: ['release/1'] })
})
beforeEach(() => {
  receiver.received.length = 0
})
afterAll(async () => {
  expect([...forge.problems, ...forgejo.problems]).toEqual([])
  await receiver.close()
  await forge.close()
  await forgejo.close()
})

const ask = (path: string, request: LocalRequest = {}, as: string | null = token) =>
  localRequest(path.startsWith('http') ? path : `${forge.apiUrl}${path}`, {
    ...request,
    headers: { ...(as ? { authorization: `token ${as}` } : {}), ...request.headers },
  })

interface Row {
  readonly id: number
  readonly full_name: string
}

describe('the API of Gitea', () => {
  it('gives fifty rows at most, whatever is asked, and counts them', async () => {
    expect((await ask('/user/repos')).json<Row[]>()).toHaveLength(30)
    const rows: Row[] = []
    let next: string | undefined = '/user/repos?limit=100'
    while (next) {
      const answer = await ask(next)
      expect(answer.headers['x-total-count']).toBe('181')
      expect(answer.json<Row[]>().length).toBeLessThanOrEqual(50)
      rows.push(...answer.json<Row[]>())
      next = /<([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1]
    }
    expect(new Set(rows.map((row) => row.id)).size).toBe(181)
    expect((await ask('/settings/api', {}, null)).json()).toMatchObject({ max_response_items: 50 })
  })

  it('needs the scopes of the person and of repositories to list', async () => {
    const scoped = (scopes: readonly string[]) => ask('/user/repos', {}, forge.personalAccessToken({ scopes }))
    expect((await scoped(['read:user'])).json()).toEqual({
      message: 'token does not have at least one of required scope(s): [read:repository]',
      url: `${forge.address}/api/swagger`,
    })
    expect((await scoped(['read:repository'])).status).toBe(403)
    expect((await scoped(['all'])).status).toBe(200)
    expect((await ask('/user', {}, null)).json()).toMatchObject({ message: 'token is required' })
    expect((await ask('/user', {}, 'nonsense')).status).toBe(401)
  })

  it('hides what is private and redirects what was renamed', async () => {
    expect((await ask('/repos/ada/app', {}, forge.personalAccessToken({ user: 'alan' }))).status).toBe(404)
    const repository = forge.world.addRepository({ owner: 'ada', name: 'tadpole' })
    forge.world.rename(repository, 'frog')
    const moved = await ask('/repos/ada/tadpole/branches?limit=5')
    expect(moved).toMatchObject({ status: 307, headers: { location: '/api/v1/repos/ada/frog/branches?limit=5' } })
    expect((await ask(`/repositories/${repository.id}`)).json()).toMatchObject({ full_name: 'ada/frog' })
  })

  it('searches by name', async () => {
    const found = (await ask('/repos/search?q=frog&limit=10')).json<{ ok: boolean; data: Row[] }>()
    expect(found).toMatchObject({ ok: true, data: [{ full_name: 'ada/frog' }] })
    expect((await ask('/repos/search?q=frog', {}, null)).json()).toEqual({ ok: true, data: [] })
    expect((await ask('/repos/search?sort=nonsense')).status).toBe(422)
  })

  it('lists branches with slashes in their names', async () => {
    expect((await ask('/repos/ada/app/branches')).json()).toMatchObject([{ name: 'main' }, { name: 'release/1' }])
    expect((await ask('/repos/ada/app/branches/release/1')).json()).toMatchObject({ name: 'release/1' })
  })

  it('makes tokens with the password only, and OAuth apps with a token', async () => {
    const password = { authorization: `Basic ${Buffer.from('ada:password').toString('base64')}` }
    const json = { name: 'cli', scopes: ['read:user'] }
    const make = (headers: Record<string, string>) =>
      localRequest(`${forge.apiUrl}/users/ada/tokens`, { json, headers })
    expect((await make({ authorization: `token ${token}` })).status).toBe(401)
    const made = await make(password)
    expect(made.status).toBe(201)
    const { sha1, id } = made.json<{ sha1: string; id: number }>()
    expect((await ask('/user', {}, sha1)).status).toBe(200)
    const gone = await localRequest(`${forge.apiUrl}/users/ada/tokens/${id}`, { method: 'DELETE', headers: password })
    expect(gone.status).toBe(204)
    expect((await ask('/user', {}, sha1)).status).toBe(401)
    const registered = await ask(
      '/user/applications/oauth2',
      { json: { name: 'x', redirect_uris: ['http://127.0.0.1'], confidential_client: false } },
      forge.personalAccessToken({ user: 'ada' }),
    )
    expect(registered.json()).toMatchObject({ confidential_client: false, client_id: expect.any(String) })
  })

  it('tells Forgejo apart by an address that only it has', async () => {
    const own = await localRequest(`${forgejo.address}/api/forgejo/v1/version`)
    expect(own.json()).toEqual({ version: '16.0.4+gitea-1.22.0' })
    expect((await localRequest(`${forge.address}/api/forgejo/v1/version`)).status).toBe(404)
    expect((await ask('/version', {}, null)).json()).toEqual({ version: '1.25.2' })
  })

  it('asks for credentials by its own name, and takes a token as user name', async () => {
    const refs = (of: Forge, user: string, password: string) =>
      localRequest(`${of.address}/ada/app.git/info/refs?service=git-upload-pack`, {
        headers: user ? { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` } : {},
      })
    expect((await refs(forge, '', '')).headers['www-authenticate']).toBe('Basic realm="Gitea"')
    expect((await refs(forgejo, '', '')).headers['www-authenticate']).toBe('Basic realm="Forgejo"')
    expect((await refs(forge, 'oauth2', token)).status).toBe(200)
    expect((await refs(forge, token, 'x-oauth-basic')).status).toBe(200)
    expect((await refs(forge, 'x', forge.personalAccessToken({ scopes: ['read:user'] }))).status).toBe(403)
  })
})

describe('webhooks of Gitea', () => {
  interface Hook extends Row {
    readonly active: boolean
    readonly events: readonly string[]
  }
  const hook = (path: string, more: object = {}) => ({
    type: 'gitea',
    config: { url: `${receiver.address}${path}`, content_type: 'json', secret: 'hush' },
    ...more,
  })

  it('is off unless said otherwise, and may be made twice', async () => {
    const first = await ask('/repos/ada/app/hooks', { json: hook('/off') })
    expect(first.status).toBe(201)
    expect(first.json()).toMatchObject({ active: false, events: ['push'] })
    expect(first.text).not.toContain('hush')
    expect((await ask('/repos/ada/app/hooks', { json: hook('/off') })).status).toBe(201)
    await forge.push(app, { message: 'Quiet\n', files: { q: '1' } })
    expect(receiver.received).toEqual([])
    for (const { id } of (await ask('/repos/ada/app/hooks')).json<Hook[]>()) {
      expect((await ask(`/repos/ada/app/hooks/${id}`, { method: 'DELETE' })).status).toBe(204)
    }
  })

  it('says which option is missing', async () => {
    const missing = async (json: object) =>
      (await ask('/repos/ada/app/hooks', { json })).json<{ message: string }>().message
    expect(await missing({ type: 'gitea', config: { content_type: 'json' } })).toBe('Missing config option: url')
    expect(await missing({ type: 'gitea', config: { url: 'https://x' } })).toBe('Missing config option: content_type')
    expect(await missing({ type: 'nonsense', config: {} })).toBe('Invalid hook type: nonsense')
  })

  it('signs under the names of several forges', async () => {
    await ask('/repos/ada/app/hooks', { json: hook('/on', { active: true, branch_filter: '{main,release/*}' }) })
    const sha = await forge.push(app, { message: 'Loud\n', files: { q: '2' } })
    const [push] = receiver.received
    const bare = createHmac('sha256', 'hush')
      .update(push?.body ?? '')
      .digest('hex')
    expect(push?.headers).toMatchObject({
      'x-gitea-event': 'push',
      'x-gitea-signature': bare,
      'x-gogs-signature': bare,
      'x-hub-signature-256': `sha256=${bare}`,
      'x-github-event': 'push',
    })
    expect(push?.headers).not.toHaveProperty('x-forgejo-signature')
    expect(JSON.parse(push?.body ?? '')).toMatchObject({
      after: sha,
      ref: 'refs/heads/main',
      repository: { id: app.id },
    })
    await forge.push(app, { message: 'Other\n', branch: 'topic', files: { q: '3' } })
    expect(receiver.received).toHaveLength(1)
  })

  it('resets events and branch filter that a change leaves out, and leaves the secret as it was', async () => {
    const [{ id } = { id: 0 }] = (await ask('/repos/ada/app/hooks')).json<Hook[]>()
    const change = (json: object) => ask(`/repos/ada/app/hooks/${id}`, { method: 'PATCH', json })
    expect((await change({ events: ['push', 'create'], branch_filter: 'main' })).json()).toMatchObject({
      branch_filter: 'main',
    })
    expect((await change({ config: { secret: 'other' } })).json()).toMatchObject({
      events: ['push'],
      branch_filter: '',
      active: true,
    })
    expect((await ask(`/repos/ada/app/hooks/${id}/tests?ref=main`, { method: 'POST' })).status).toBe(204)
    await expect.poll(() => receiver.received.length).toBe(1)
    const [test] = receiver.received
    expect(test?.headers['x-gitea-signature']).toBe(
      createHmac('sha256', 'hush')
        .update(test?.body ?? '')
        .digest('hex'),
    )
  })

  it('signs under its own name as well on Forgejo, and calls nothing on this machine where that is off', async () => {
    const strict = await startForge({ dialect: 'forgejo', settings: { localHooks: false } })
    for (const one of [forgejo, strict]) {
      const repository = await one.world.createRepository({ owner: 'ada', name: 'app' })
      const headers = { authorization: `token ${one.personalAccessToken({ user: 'ada' })}` }
      await localRequest(`${one.apiUrl}/repos/ada/app/hooks`, {
        json: hook('/f', { type: 'forgejo', active: true }),
        headers,
      })
      await one.push(repository, { message: 'x\n', files: { x: 'x' } })
    }
    expect(receiver.received).toHaveLength(1)
    expect(receiver.received[0]?.headers['x-forgejo-signature']).toMatch(/^[0-9a-f]{64}$/)
    await strict.close()
  })
})

describe('deploy keys of Gitea', () => {
  it('may push unless said otherwise, and are refused with 422', async () => {
    const key = sshLine(generateKeyPairSync('ed25519').publicKey)
    const add = (json: object) => ask('/repos/ada/app/keys', { json })
    const made = await add({ title: 'server', key })
    expect(made.status).toBe(201)
    expect(made.json()).toMatchObject({ read_only: false, fingerprint: expect.stringMatching(/^SHA256:/) })
    expect(await add({ title: 'twin', key })).toMatchObject({
      status: 422,
      text: expect.stringContaining('already been added to this repository'),
    })
    const other = sshLine(generateKeyPairSync('ed25519').publicKey)
    expect(await add({ title: 'server', key: other })).toMatchObject({
      status: 422,
      text: expect.stringContaining('same name already exists'),
    })
    expect(await add({ title: 'bad', key: 'nonsense' })).toMatchObject({
      status: 422,
      text: expect.stringContaining('Invalid key content'),
    })
    const { id, fingerprint } = made.json<{ id: number; fingerprint: string }>()
    expect((await ask(`/repos/ada/app/keys?fingerprint=${encodeURIComponent(fingerprint)}`)).json()).toHaveLength(1)
    expect((await ask(`/repos/ada/app/keys/${id}`, { method: 'DELETE' })).status).toBe(204)
  })
})
