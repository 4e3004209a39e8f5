import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Webhook } from '../../../src-preload/contract/entities/webhook'
import { type AppBench, startAppBench } from '../../testing/app-bench'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const patiently = { timeout: 30_000, interval: 20 }

/** Posts to the receiver as a stranger would, and answers the status. */
const post = (url: string, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end(body)
  })

// GitHub's own are in webhooks.test.ts.
describe.each(['gitlab', 'bitbucket', 'gitea', 'forgejo'] as const)('a webhook at %s', (dialect) => {
  let bench: AppBench
  beforeAll(async () => {
    bench = await startAppBench(dialect)
  })
  afterAll(async () => {
    expect(bench.forge.problems).toEqual([])
    await bench.close()
  })
  const live = (folder: string) => {
    const path = join(folder, 'current', 'a')
    return existsSync(path) ? readFileSync(path, 'utf8') : null
  }

  it('is made, proved, deploys a signed push and nothing else, is mended, renewed, and goes', async () => {
    const { webhooks, apps } = bench.deployments
    const repository = await bench.repository({ files: { a: '1' } })
    const found = await bench.client('ada').findRepository(`ada/${repository.name}`)
    const app = await bench.save({ id: found?.id ?? '', name: repository.name }, { autoDeploy: true })
    const check = () => webhooks.handlers.check({ appId: app.id }) as Promise<Webhook>
    const hooks = () => bench.forge.state.hooks.of(repository.id)
    const push = (a: string) => bench.forge.push(repository, { message: 'Change', files: { a } })

    const hook = await check()
    // Bitbucket has no delivery on request: its hook is silent until the first push.
    const proved = dialect === 'bitbucket' ? 'silent' : 'healthy'
    expect(hook).toMatchObject({ state: proved, kind: 'provider', active: true, receiving: true })
    expect(hooks()).toMatchObject([{ url: hook.url, active: true }])
    await push('2')
    await expect.poll(() => live(app.folder), patiently).toBe('2')
    expect(await check()).toMatchObject({ state: 'healthy' })

    // The address alone opens nothing.
    expect(await post(hook.url ?? '', JSON.stringify({ ref: 'refs/heads/main' }))).toBeGreaterThanOrEqual(400)

    const [made] = hooks()
    if (made === undefined) throw new Error('There is no hook')
    bench.forge.state.hooks.remove(made)
    expect(await check()).toMatchObject({ state: 'drifted', reason: { facts: { what: 'deleted' } } })
    await webhooks.handlers.repair({ appId: app.id })
    await webhooks.handlers.rotateSecret({ appId: app.id })
    expect(hooks()).toHaveLength(1)
    await push('3')
    await expect.poll(() => live(app.folder), patiently).toBe('3')

    // Another secret at the provider: no firewall is to blame, and a repair is enough.
    const [bent] = hooks()
    if (bent === undefined) throw new Error('There is no hook')
    bent.secret = 'another-secret'
    await push('4')
    await bench.forge.state.hooks.idle()
    expect(await check()).toMatchObject({ state: 'failing', reason: { code: 'hook-signature' } })
    expect(await webhooks.handlers.repair({ appId: app.id })).toMatchObject({ state: 'healthy', reason: null })
    expect(hooks()).toHaveLength(1)

    // What can't be proved leaves all as it was.
    const before = hooks().map(({ secret }) => secret)
    bench.forge.faults.next({ match: /\/(tests|test\/push_events)$/, status: 500, body: {} })
    const rotated = webhooks.handlers.rotateSecret({ appId: app.id })
    if (dialect === 'bitbucket') await rotated
    else await expect(rotated).rejects.toMatchObject({ code: 'server-error' })
    bench.forge.faults.clear()
    if (dialect !== 'bitbucket') expect(hooks().map(({ secret }) => secret)).toEqual(before)
    await push('5')
    await expect.poll(() => live(app.folder), patiently).toBe('5')
    // A log that can't be read decides nothing, and is told.
    bench.forge.faults.next({
      match: /\/events$/,
      status: 400,
      body: { error: 'per_page does not have a valid value' },
    })
    const told = dialect === 'gitlab' ? [{ code: 'invalid-input' }] : []
    expect(await check()).toMatchObject({ state: 'healthy', notes: told })
    bench.forge.faults.clear()

    await apps.handlers.remove({ id: app.id, clean: true })
    expect(hooks()).toEqual([])
  })
})
