import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Repository } from '../entities'
import { type Forge, startForge } from '../forge'
import { type LocalRequest, localRequest } from '../local-request'
import { type Receiver, startReceiver } from '../receiver'
import { sshLine } from '../test-keys'

let forge: Forge
let receiver: Receiver
let token: string
let project: Repository
beforeAll(async () => {
  forge = await startForge({ dialect: 'gitlab' })
  receiver = await startReceiver()
  token = forge.personalAccessToken({ user: 'ada', scopes: ['api'] })
  project = await forge.world.createRepository({ owner: 'flowmatic', name: 'app', collaborators: { grace: 'write' } })
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

const ask = (path: string, request: LocalRequest = {}, as = token, id: number = project.id) =>
  localRequest(`${forge.apiUrl}/projects/${id}${path}`, { ...request, headers: { authorization: `Bearer ${as}` } })

interface Hook {
  readonly id: number
  readonly [field: string]: unknown
}

describe('webhooks of GitLab', () => {
  const signing = `whsec_${randomBytes(32).toString('base64')}`

  it('makes a second hook of the same address and never tells a secret', async () => {
    const json = { url: `${receiver.address}/a`, token: 'hush', signing_token: signing, push_events: true }
    const first = await ask('/hooks', { json })
    expect(first.status).toBe(201)
    expect(first.json()).toMatchObject({ token_present: true, signing_token_present: true, alert_status: 'executable' })
    expect(first.text).not.toContain('hush')
    const second = await ask('/hooks', { json })
    expect(second.status).toBe(201)
    expect(second.json<Hook>().id).not.toBe(first.json<Hook>().id)
    expect((await ask(`/hooks/${second.json<Hook>().id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask('/hooks')).json()).toHaveLength(1)
  })

  it('sends the token in clear and a signature over id, time and body', async () => {
    const sha = await forge.push(project, { message: 'Hello\n', files: { h: 'h' } })
    const [push] = receiver.received
    expect(push?.headers).toMatchObject({ 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': 'hush' })
    const key = Buffer.from(signing.slice('whsec_'.length), 'base64')
    const signed = `${push?.headers['webhook-id']}.${push?.headers['webhook-timestamp']}.${push?.body}`
    expect(push?.headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    expect(push?.headers['webhook-id']).toBe(push?.headers['idempotency-key'])
    expect(JSON.parse(push?.body ?? '')).toMatchObject({
      after: sha,
      project: { id: project.id },
      total_commits_count: 1,
    })
    const [{ id } = { id: 0 }] = (await ask('/hooks')).json<Hook[]>()
    expect((await ask(`/hooks/${id}/events`)).json()).toMatchObject([
      { response_status: '200', response_body: 'thanks', created_at: expect.stringMatching(/^\d{4}-.*Z$/) },
    ])
    const large = await ask(`/hooks/${id}/events?per_page=21`)
    expect([large.status, large.json()]).toEqual([400, { error: 'per_page does not have a valid value' }])
  })

  it('sends only pushes to branches that pass the filter', async () => {
    const [{ id } = { id: 0 }] = (await ask('/hooks')).json<Hook[]>()
    const json = {
      url: `${receiver.address}/a`,
      push_events_branch_filter: 'release/*',
      branch_filter_strategy: 'wildcard',
    }
    await ask(`/hooks/${id}`, { method: 'PUT', json })
    await forge.push(project, { message: 'One\n', files: { o: '1' } })
    await forge.push(project, { message: 'Two\n', branch: 'release/1', files: { o: '2' } })
    expect(receiver.received.map(({ body }) => JSON.parse(body).ref)).toEqual(['refs/heads/release/1'])
  })

  it('forgets the secrets when the address changes', async () => {
    const [{ id } = { id: 0 }] = (await ask('/hooks')).json<Hook[]>()
    const moved = await ask(`/hooks/${id}`, { method: 'PUT', json: { url: `${receiver.address}/b` } })
    expect(moved.json()).toMatchObject({ token_present: false, signing_token_present: false })
  })

  it('ignores a signing token where it is too old to know one', async () => {
    const old = await startForge({ dialect: 'gitlab', settings: { signingTokens: false, version: '18.4.0' } })
    const repository = await old.world.createRepository({ owner: 'ada', name: 'x' })
    const made = await localRequest(`${old.apiUrl}/projects/${repository.id}/hooks`, {
      json: { url: `${receiver.address}/old`, token: 't', signing_token: signing },
      headers: { 'private-token': old.personalAccessToken() },
    })
    expect(made.json()).not.toHaveProperty('signing_token_present')
    await old.push(repository, { message: 'x\n', files: { x: 'x' } })
    expect(receiver.received[0]?.headers).not.toHaveProperty('webhook-signature')
    await old.close()
  })

  it('tests five times a minute, and only what has a commit', async () => {
    const [{ id } = { id: 0 }] = (await ask('/hooks')).json<Hook[]>()
    const test = () => ask(`/hooks/${id}/test/push_events`, { method: 'POST' })
    expect((await test()).json()).toEqual({ message: '201 Created' })
    const statuses = []
    for (let turn = 0; turn < 5; turn += 1) statuses.push((await test()).status)
    expect(statuses).toEqual([201, 201, 201, 201, 429])
    const bare = await forge.world.createRepository({ owner: 'ada', name: 'bare', empty: true })
    const made = (await ask('/hooks', { json: { url: receiver.address } }, token, bare.id)).json<Hook>()
    expect((await ask(`/hooks/${made.id}/test/push_events`, { method: 'POST' }, token, bare.id)).status).toBe(422)
  })

  it('switches a hook off that keeps failing', async () => {
    const failing = await forge.world.createRepository({ owner: 'ada', name: 'failing' })
    const made = (await ask('/hooks', { json: { url: receiver.address } }, token, failing.id)).json<Hook>()
    receiver.answer(500)
    for (let turn = 0; turn < 5; turn += 1) await forge.push(failing, { message: `${turn}\n`, files: { f: `${turn}` } })
    expect(receiver.received).toHaveLength(4)
    expect((await ask(`/hooks/${made.id}`, {}, token, failing.id)).json()).toMatchObject({
      alert_status: 'temporarily_disabled',
      disabled_until: expect.any(String),
    })
  })

  it('is for maintainers, and refuses this machine where the administrator does', async () => {
    expect((await ask('/hooks', {}, forge.personalAccessToken({ user: 'grace', scopes: ['api'] }))).status).toBe(403)
    expect((await ask('/hooks', {}, forge.personalAccessToken({ user: 'alan' }))).status).toBe(404)
    const strict = await startForge({ dialect: 'gitlab', settings: { localHooks: false } })
    const repository = strict.world.addRepository({ owner: 'ada', name: 'x' })
    const made = await localRequest(`${strict.apiUrl}/projects/${repository.id}/hooks`, {
      json: { url: receiver.address },
      headers: { 'private-token': strict.personalAccessToken() },
    })
    expect(made.status).toBe(422)
    await strict.close()
  })
})

describe('deploy keys of GitLab', () => {
  it('joins a key it knows, and refuses the same key with another comment', async () => {
    const line = sshLine(generateKeyPairSync('ed25519').publicKey, 'server')
    const made = await ask('/deploy_keys', { json: { title: 'one', key: line } })
    expect(made.status).toBe(201)
    expect(made.json()).toMatchObject({ can_push: false, fingerprint_sha256: expect.stringMatching(/^SHA256:/) })
    const { id } = made.json<{ id: number }>()
    expect((await ask('/deploy_keys', { json: { title: 'again', key: line } })).json()).toMatchObject({
      id,
      title: 'one',
    })
    const other = forge.world.addRepository({ owner: 'ada', name: 'other' })
    expect((await ask('/deploy_keys', { json: { title: 'two', key: line } }, token, other.id)).json()).toMatchObject({
      id,
    })
    const commented = await ask('/deploy_keys', { json: { title: 'three', key: `${line}-2` } })
    expect(commented.status).toBe(400)
    expect(commented.text).toContain('has already been taken')
    expect((await ask(`/deploy_keys/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask('/deploy_keys', {}, token, other.id)).json()).toHaveLength(1)
  })

  it('keeps an expiry and refuses nonsense', async () => {
    const line = sshLine(generateKeyPairSync('ed25519').publicKey)
    const expires_at = '2027-01-01T00:00:00Z'
    expect((await ask('/deploy_keys', { json: { title: 'e', key: line, expires_at } })).json()).toMatchObject({
      expires_at,
    })
    expect((await ask('/deploy_keys', { json: { title: 'bad', key: 'nonsense' } })).status).toBe(400)
  })
})
