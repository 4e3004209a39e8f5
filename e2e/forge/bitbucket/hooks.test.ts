import { createHmac, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Repository } from '../entities'
import { type Forge, startForge } from '../forge'
import { type LocalRequest, localRequest } from '../local-request'
import { type Receiver, startReceiver } from '../receiver'
import { sshLine } from '../test-keys'

let forge: Forge
let receiver: Receiver
let repository: Repository
let authorization: string
beforeAll(async () => {
  forge = await startForge({ dialect: 'bitbucket' })
  receiver = await startReceiver()
  repository = await forge.world.createRepository({ owner: 'ada', name: 'app' })
  const token = forge.personalAccessToken({ user: 'ada' })
  authorization = `Basic ${Buffer.from(`ada@example.com:${token}`).toString('base64')}`
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await receiver.close()
  await forge.close()
})

const ask = (path: string, request: LocalRequest = {}, name = 'app') =>
  localRequest(`${forge.apiUrl}/repositories/ada/${name}${path}`, { ...request, headers: { authorization } })

interface Hook {
  readonly uuid: string
  readonly secret_set: boolean
}

describe('webhooks of Bitbucket', () => {
  it('makes twins, signs only with a secret, and has nothing to test one with', async () => {
    const hook = {
      description: 'app',
      url: `${receiver.address}/a`,
      active: true,
      secret: 'hush',
      events: ['repo:push'],
    }
    const first = await ask('/hooks', { json: hook })
    expect(first.status).toBe(201)
    expect(first.json()).toMatchObject({ secret_set: true, active: true, events: ['repo:push'] })
    expect(first.text).not.toContain('hush')
    const twin = (await ask('/hooks', { json: { ...hook, secret: undefined } })).json<Hook>()
    expect(twin.secret_set).toBe(false)
    const sha = await forge.push(repository, { message: 'Hi\n', files: { h: 'h' } })
    expect(receiver.received).toHaveLength(2)
    const [signed, plain] = [...receiver.received].sort((a) => (a.headers['x-hub-signature'] ? -1 : 1))
    expect(signed?.headers['x-hub-signature']).toBe(
      `sha256=${createHmac('sha256', 'hush')
        .update(signed?.body ?? '')
        .digest('hex')}`,
    )
    expect(signed?.headers['x-event-key']).toBe('repo:push')
    expect(plain?.headers['x-hub-signature']).toBeUndefined()
    expect(JSON.parse(signed?.body ?? '')).toMatchObject({
      push: { changes: [{ new: { type: 'branch', name: 'main', target: { hash: sha } }, commits: [{ hash: sha }] }] },
      repository: { full_name: 'ada/app' },
    })
    const uuid = encodeURIComponent(twin.uuid)
    expect((await ask(`/hooks/${uuid}/ping`, { method: 'POST' })).status).toBe(404)
    expect((await ask(`/hooks/${uuid}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask('/hooks')).json()).toMatchObject({ size: 1 })
  })

  it('keeps a secret that is left out of a change, and clears one that is null', async () => {
    const [{ uuid } = { uuid: '' }] = (await ask('/hooks')).json<{ values: Hook[] }>().values
    const json = { url: `${receiver.address}/b`, events: ['repo:push'], active: false }
    const put = (more: object) =>
      ask(`/hooks/${encodeURIComponent(uuid)}`, { method: 'PUT', json: { ...json, ...more } })
    expect((await put({})).json()).toMatchObject({ secret_set: true, active: false, url: `${receiver.address}/b` })
    expect((await put({ secret: null })).json()).toMatchObject({ secret_set: false })
    expect((await put({ secret: 'x'.repeat(129) })).status).toBe(400)
  })
})

describe('deploy keys of Bitbucket', () => {
  it('may open many repositories, but be nobody’s own', async () => {
    await forge.world.createRepository({ owner: 'ada', name: 'other' })
    const key = sshLine(generateKeyPairSync('ed25519').publicKey, 'server')
    const made = await ask('/deploy-keys', { json: { key, label: 'server' } })
    expect(made.status).toBe(200)
    expect(made.json()).toMatchObject({ label: 'server', comment: 'server' })
    expect((await ask('/deploy-keys', { json: { key, label: 'again' } })).status).toBe(400)
    expect((await ask('/deploy-keys', { json: { key, label: 'other' } }, 'other')).status).toBe(200)
    const { id } = made.json<{ id: number }>()
    expect((await ask(`/deploy-keys/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(`/deploy-keys/${id}`)).status).toBe(404)
    const own = forge.state.deployKeys.of(forge.world.findRepository('ada/other')?.id ?? 0)[0]
    forge.state.deployKeys.personal.set(own?.fingerprint ?? '', 1)
    expect((await ask('/deploy-keys', { json: { key, label: 'mine' } })).status).toBe(400)
    expect((await ask('/deploy-keys', { json: { key: 'nonsense', label: 'bad' } })).status).toBe(400)
  })
})

it('asks API tokens for a scope of its own for every kind of change', async () => {
  const scopes = ['read:repository:bitbucket', 'admin:repository:bitbucket', 'write:webhook:bitbucket']
  const narrow = forge.personalAccessToken({ user: 'ada', scopes })
  const headers = { authorization: `Basic ${Buffer.from(`ada@example.com:${narrow}`).toString('base64')}` }
  const required = async (method: string, path: string) =>
    (await localRequest(`${forge.apiUrl}/repositories/ada/app${path}`, { method, headers })).json<{
      error: { detail: { required: string[] } }
    }>().error.detail.required
  expect(await required('POST', '/deploy-keys')).toEqual(['admin:repository:bitbucket', 'write:ssh-key:bitbucket'])
  expect(await required('DELETE', '/deploy-keys/1')).toEqual(['admin:repository:bitbucket', 'delete:ssh-key:bitbucket'])
  expect(await required('POST', '/hooks')).toEqual(['read:webhook:bitbucket', 'write:webhook:bitbucket'])
  expect(await required('DELETE', '/hooks/1')).toEqual(['delete:webhook:bitbucket'])
})

describe('build statuses of Bitbucket', () => {
  it('keep the newest of a key', async () => {
    const [tip] = await forge.world.git.branches(repository)
    const status = (state: string) =>
      ask(`/commit/${tip?.hash}/statuses/build`, { json: { key: 'deploy', state, url: 'https://example.com' } })
    expect((await status('INPROGRESS')).status).toBe(201)
    expect((await status('SUCCESSFUL')).status).toBe(201)
    expect((await status('WONDERFUL')).status).toBe(400)
    expect((await ask(`/commit/${tip?.hash}/statuses`)).json()).toMatchObject({
      size: 1,
      values: [{ state: 'SUCCESSFUL' }],
    })
  })
})
