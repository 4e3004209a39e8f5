import { createHmac, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Forge, startForge } from '../forge'
import { type LocalRequest, localRequest } from '../local-request'
import { type Receiver, startReceiver } from '../receiver'
import { sshLine } from '../test-keys'

let forge: Forge
let token: string
let receiver: Receiver

beforeAll(async () => {
  forge = await startForge({ dialect: 'github' })
  token = forge.personalAccessToken({ user: 'ada', scopes: ['repo', 'admin:repo_hook'] })
  await forge.world.createRepository({ owner: 'ada', name: 'app', commits: 1 })
  receiver = await startReceiver()
})
beforeEach(() => {
  receiver.received.length = 0
  receiver.answer(200)
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await receiver.close()
  await forge.close()
})

const ask = (path: string, request: LocalRequest = {}, as = token) =>
  localRequest(`${forge.apiUrl}/repos/ada/app${path}`, { ...request, headers: { authorization: `Bearer ${as}` } })

interface HookRow {
  readonly id: number
  readonly active: boolean
  readonly events: readonly string[]
  readonly config: Readonly<Record<string, string>>
  readonly last_response: { readonly code: number | null; readonly status: string }
}

const hook = (path: string, more: object = {}) => ({
  name: 'web',
  active: true,
  events: ['push'],
  config: { url: `${receiver.address}${path}`, content_type: 'json', secret: 'hush', insecure_ssl: '0' },
  ...more,
})

describe('webhooks of GitHub', () => {
  it('pings a new hook, masks its secret and refuses its twin', async () => {
    const made = await ask('/hooks', { json: hook('/a') })
    expect(made.status).toBe(201)
    const { id, config } = made.json<HookRow>()
    expect(made.headers.location).toBe(`${forge.apiUrl}/repos/ada/app/hooks/${id}`)
    expect(config.secret).toBe('********')
    await forge.state.hooks.idle()
    expect(receiver.received[0]?.headers['x-github-event']).toBe('ping')
    expect((await ask(`/hooks/${id}`)).json()).toMatchObject({ last_response: { code: 200, status: 'active' } })
    const twin = await ask('/hooks', { json: hook('/a') })
    expect(twin.status).toBe(422)
    expect(twin.json()).toMatchObject({
      message: 'Validation Failed',
      errors: [{ resource: 'Hook', code: 'custom', message: 'Hook already exists on this repository' }],
    })
  })

  it('refuses keys that it does not know, and sends forms unless JSON is asked for', async () => {
    expect((await ask('/hooks', { json: hook('/b', { secret: 'x' }) })).status).toBe(422)
    const made = await ask('/hooks', { json: { config: { url: `${receiver.address}/b` } } })
    expect(made.json()).toMatchObject({ events: ['push'], active: true, config: { content_type: 'form' } })
    await forge.state.hooks.idle()
    expect(receiver.received[0]?.body).toMatch(/^payload=%7B/)
    await ask(`/hooks/${made.json<HookRow>().id}`, { method: 'DELETE' })
  })

  it('delivers a signed push and keeps a log of it', async () => {
    const repository = forge.world.findRepository('ada/app')
    if (!repository) throw new Error('gone')
    const [{ id } = { id: 0 }] = (await ask('/hooks')).json<HookRow[]>()
    receiver.answer(500)
    const sha = await forge.push(repository, { message: 'Say hello\n', files: { 'web/hello.txt': 'hello\n' } })
    const [push] = receiver.received
    expect(push?.headers['x-hub-signature-256']).toBe(
      `sha256=${createHmac('sha256', 'hush')
        .update(push?.body ?? '')
        .digest('hex')}`,
    )
    expect(JSON.parse(push?.body ?? '')).toMatchObject({
      ref: 'refs/heads/main',
      after: sha,
      created: false,
      repository: { id: repository.id, full_name: 'ada/app' },
      pusher: { name: 'ada' },
      commits: [{ id: sha, message: 'Say hello', added: ['web/hello.txt'], modified: [], removed: [] }],
    })
    const log = await ask(`/hooks/${id}/deliveries`)
    const deliveries = log.json<{ event: string; status_code: number }[]>()
    // Beyond 2^53: a number of JavaScript would name another one.
    const number = /"id":(\d+)/.exec(log.text)?.[1] ?? ''
    expect(String(Number(number)) === number && Number.isSafeInteger(Number(number))).toBe(false)
    expect(deliveries[0]).toMatchObject({ event: 'push', status_code: 500, status: 'Invalid HTTP Response: 500' })
    const detail = (await ask(`/hooks/${id}/deliveries/${number}`)).json()
    expect(detail).toMatchObject({
      request: { payload: { after: sha } },
      response: { headers: { 'x-served-by': 'test' }, payload: 'thanks' },
    })
    receiver.answer(200)
    expect((await ask(`/hooks/${id}/deliveries/${number}/attempts`, { method: 'POST' })).status).toBe(202)
    await forge.state.hooks.idle()
    const again = (await ask(`/hooks/${id}/deliveries?per_page=1`)).json<
      { redelivery: boolean; status_code: number }[]
    >()
    expect(again).toEqual([expect.objectContaining({ redelivery: true, status_code: 200 })])
  })

  it('pings and sends the latest push on request, and nothing to a hook that is off', async () => {
    const [{ id } = { id: 0 }] = (await ask('/hooks')).json<HookRow[]>()
    expect((await ask(`/hooks/${id}/pings`, { method: 'POST' })).status).toBe(204)
    expect((await ask(`/hooks/${id}/tests`, { method: 'POST' })).status).toBe(204)
    await expect
      .poll(() => receiver.received.map((one) => one.headers['x-github-event']).sort())
      .toEqual(['ping', 'push'])
    const off = await ask(`/hooks/${id}`, { method: 'PATCH', json: { active: false } })
    expect(off.json()).toMatchObject({ active: false, config: { secret: '********' } })
    const repository = forge.world.findRepository('ada/app')
    if (!repository) throw new Error('gone')
    receiver.received.length = 0
    await forge.push(repository, { message: 'Quiet\n', files: { q: 'q' } })
    expect(receiver.received).toEqual([])
  })

  it('is for administrators of the repository with the scope', async () => {
    const grace = forge.personalAccessToken({ user: 'grace' })
    expect((await ask('/hooks', {}, grace)).status).toBe(404)
    const poor = forge.personalAccessToken({ user: 'ada', scopes: ['public_repo'] })
    expect((await ask('/hooks', { json: hook('/c') }, poor)).status).toBe(404)
  })
})

describe('deploy keys of GitHub', () => {
  const key = () => sshLine(generateKeyPairSync('ed25519').publicKey)

  it('takes a key once in the whole forge, writable unless said otherwise', async () => {
    const line = key()
    const made = await ask('/keys', { json: { title: 'server', key: line } })
    expect(made.status).toBe(201)
    expect(made.json()).toMatchObject({
      title: 'server',
      read_only: false,
      verified: true,
      added_by: 'ada',
      enabled: true,
    })
    const again = await ask('/keys', { json: { title: 'twin', key: line, read_only: true } })
    expect(again.status).toBe(422)
    expect(again.json()).toMatchObject({
      errors: [{ resource: 'PublicKey', field: 'key', message: 'key is already in use' }],
    })
    const bad = await ask('/keys', { json: { title: 'bad', key: 'ssh-ed25519 nonsense' } })
    expect(bad.json()).toMatchObject({ errors: [{ message: expect.stringContaining('key is invalid') }] })
    expect((await ask(`/keys/${made.json<{ id: number }>().id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask('/keys')).json()).toEqual([])
  })

  it('drops the keys of a personal token with the token', async () => {
    const short = forge.personalAccessToken({ user: 'ada' })
    await ask('/keys', { json: { title: 'server', key: key(), read_only: true } }, short)
    expect((await ask('/keys')).json()).toHaveLength(1)
    forge.revokeTokens('ada')
    token = forge.personalAccessToken({ user: 'ada', scopes: ['repo', 'admin:repo_hook'] })
    expect((await ask('/keys')).json()).toEqual([])
  })
})

describe('commit statuses of GitHub', () => {
  it('keeps the newest of each context', async () => {
    const [tip] = await forge.world.git.branches(forge.world.findRepository('ada/app') ?? expect.fail('gone'))
    const status = (state: string) =>
      ask(`/statuses/${tip?.hash}`, { json: { state, context: 'deploy', target_url: 'https://example.com' } })
    expect((await status('pending')).status).toBe(201)
    expect((await status('success')).json()).toMatchObject({ state: 'success', creator: { login: 'ada' } })
    expect((await ask(`/commits/${tip?.hash}/status`)).json()).toMatchObject({ state: 'success', total_count: 1 })
    expect((await ask('/commits/main/statuses')).json()).toHaveLength(2)
    expect((await status('wonderful')).status).toBe(422)
    expect((await ask(`/statuses/${'0'.repeat(40)}`, { json: { state: 'success' } })).status).toBe(422)
  })
})
