import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Webhook, WebhookDelivery } from '../../../src-preload/contract/entities/webhook'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Answer } from '../../deploy/frame'
import type { ProviderClient, WebhookAbility } from '../../providers/provider'
import { type AppBench, startAppBench } from '../../testing/app-bench'
import { releaseMade, removeMade } from '../accounts/release-made'
import { judgeWebhook } from './judge-webhook'
import { readReceiverLog } from './receiver-log'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })
const patiently = { timeout: 40_000, interval: 20 }

let bench: AppBench
beforeAll(async () => {
  bench = await startAppBench()
})
afterAll(async () => {
  expect(bench.forge.problems).toEqual([])
  await bench.close()
})
const handlers = () => bench.deployments.webhooks.handlers
const check = (appId: string) => handlers().check({ appId }) as Promise<Webhook>
const hooksOf = (repository: { readonly id: number }) => bench.forge.state.hooks.of(repository.id)
const live = (folder: string, file: string) => {
  const path = join(folder, 'current', file)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
const saved = async (changes: Parameters<AppBench['save']>[1] = {}, files: Record<string, string> = { a: '1' }) => {
  const repository = await bench.repository({ files })
  const app = await bench.save(repository, { autoDeploy: true, ...changes })
  return { repository, app }
}

describe('a webhook', () => {
  it('is made with its app, proved at once, and deploys a real push with the desktop closed', async () => {
    const { repository, app } = await saved()
    expect(bench.app(app.id).trigger).toEqual({ live: 'webhook', why: null })
    const hook = (await handlers().get({ appId: app.id })) as Webhook
    expect(hook).toMatchObject({ state: 'healthy', kind: 'provider', active: true, receiving: true })
    expect(hooksOf(repository)).toMatchObject([{ url: hook.url, active: true, events: ['push'] }])
    await bench.deployments.stop()

    const folder = mkdtempSync(join(tmpdir(), 'push-'))
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
        cwd: folder,
        env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
        stdio: 'pipe',
      })
    const token = bench.forge.personalAccessToken({ user: 'ada' })
    const address = new URL(`${bench.forge.address}/ada/${repository.name}.git`)
    address.username = 'ada'
    address.password = token
    // Not in this process: the forge serves the push from it.
    const run = (...args: readonly string[]) =>
      new Promise<void>((resolve, reject) => {
        import('node:child_process').then(({ execFile }) =>
          execFile(
            'git',
            ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args],
            { cwd: folder, env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' } },
            (error) => (error ? reject(error) : resolve()),
          ),
        )
      })
    try {
      await run('clone', '-q', address.href, '.')
      writeFileSync(join(folder, 'a'), 'pushed')
      git('commit', '-qam', 'Push it')
      await run('push', '-q', 'origin', 'main')
      await expect.poll(() => live(app.folder, 'a'), patiently).toBe('pushed')
    } finally {
      rmSync(folder, { recursive: true })
    }
    await bench.restart()
    const seen = await check(app.id)
    expect(seen.deliveries.find(({ from, event }) => from === 'receiver' && event === 'push')).toMatchObject({
      outcome: 'deployed',
    })
    expect(seen.deliveries.some(({ from, status }) => from === 'provider' && status === 202)).toBe(true)
    const history = await bench.deployments.apps.handlers.history({ id: app.id, before: null })
    expect(history[0]).toMatchObject({ reason: 'push', state: 'succeeded', subject: 'Push it' })
  })

  it('that was deleted, switched off or bent upstream is noticed and mended, not doubled', async () => {
    const { repository, app } = await saved()
    const [hook] = hooksOf(repository)
    if (hook === undefined) throw new Error('There is no hook')
    // A row that can't be read may be ours, so it is not told as deleted.
    const unread = (rows: unknown) => [null, ...(rows as object[]).map((row) => ({ ...row, id: 999_999 }))]
    bench.forge.faults.next({ match: /\/hooks$/, json: unread })
    expect(await check(app.id)).toMatchObject({ state: 'healthy', active: true, notes: [{ code: 'rows-left-out' }] })
    hook.active = false
    expect(await check(app.id)).toMatchObject({ state: 'disabled', reason: { code: 'hook-drifted' } })
    await expect.poll(() => bench.app(app.id).trigger.live).toMatch(/poll/)
    expect(await handlers().repair({ appId: app.id })).toMatchObject({ state: 'healthy' })
    hook.url = 'http://127.0.0.1:1/else'
    expect(await check(app.id)).toMatchObject({ state: 'drifted', reason: { facts: { what: 'url' } } })
    await handlers().repair({ appId: app.id })
    hook.events = ['issues']
    expect(await check(app.id)).toMatchObject({ state: 'drifted', reason: { facts: { what: 'events' } } })
    await handlers().repair({ appId: app.id })
    expect(hooksOf(repository)).toHaveLength(1)
    bench.forge.state.hooks.remove(hook)
    expect(await check(app.id)).toMatchObject({ state: 'drifted', reason: { facts: { what: 'deleted' } } })
    expect(await handlers().repair({ appId: app.id })).toMatchObject({ state: 'healthy' })
    expect(hooksOf(repository)).toHaveLength(1)
    expect(bench.app(app.id).trigger.live).toBe('webhook')
  })

  it('is tested, and gets a new secret without missing a push', async () => {
    const { repository, app } = await saved()
    expect(await handlers().test({ appId: app.id })).toMatchObject({ state: 'healthy' })
    const before = hooksOf(repository)[0]?.secret
    await handlers().rotateSecret({ appId: app.id })
    const after = hooksOf(repository)[0]?.secret
    expect(after).not.toBe(before)
    await bench.forge.push(repository, { message: 'After', files: { a: 'after' } })
    await expect.poll(() => live(app.folder, 'a'), patiently).toBe('after')
    // What is told is main's own word; the secret is on the clipboard alone.
    expect(await handlers().copySecret({ appId: app.id })).toBe('Copied. It leaves the clipboard in a minute.')
    expect(bench.copied.at(-1)).toBe(after)
    const told = JSON.stringify([bench.announced, Object.values(bench.stores).map((store) => store.read())])
    for (const secret of [before, after]) expect(told).not.toContain(secret)
  })

  it('that the account may not make is refused by name; the app is polled, and made right when it may', async () => {
    bench.account('poor', { scopes: ['repo:status', 'public_repo'] })
    const repository = await bench.repository({ files: { a: '1' }, private: false })
    const app = await bench.save(repository, { autoDeploy: true }).catch((error: unknown) => {
      throw error
    })
    const poor = await bench.deployments.apps.handlers.moveTo({ ids: [app.id], accountId: 'poor' })
    // Neither key nor hook can be made by it, so the app stays where it works.
    expect(poor).toMatchObject([{ moved: false }])
    expect(bench.app(app.id)).toMatchObject({ source: { accountId: 'ada' }, trigger: { live: 'webhook' } })
  })

  it('goes when it is removed or not wanted any more, and polling takes its place', async () => {
    const { repository, app } = await saved()
    expect(await handlers().remove({ appId: app.id })).toMatchObject({ state: 'absent', url: null })
    expect(hooksOf(repository)).toEqual([])
    expect(bench.app(app.id).trigger.live).toBe('server-poll')
    expect(await handlers().repair({ appId: app.id })).toMatchObject({ state: expect.stringMatching(/silent|healthy/) })
    expect(hooksOf(repository)).toHaveLength(1)
    await bench.deployments.apps.handlers.save(
      bench.form(repository, { id: app.id, autoDeploy: true, startsBy: 'poll' }),
    )
    expect(hooksOf(repository)).toEqual([])
    expect(bench.app(app.id).trigger).toEqual({ live: 'server-poll', why: null })
  })

  it('goes with its app, and with its account while that still can', async () => {
    const one = await saved()
    const removal = await bench.deployments.apps.handlers.remove({ id: one.app.id, clean: true })
    expect(removal.steps.find(({ what }) => what === 'webhook')).toMatchObject({ outcome: 'removed' })
    expect(hooksOf(one.repository)).toEqual([])
    const two = await saved()
    expect(bench.deployments.dependentsOf('ada').webhooks).toBeGreaterThan(0)
    const made = bench.deployments.madeBy('ada')
    const { settled, left } = await releaseMade(made, bench.client('ada'))
    expect(settled.every(({ outcome }) => outcome === 'removed' || outcome === 'already-gone')).toBe(true)
    expect(left).toEqual([])
    expect(hooksOf(two.repository)).toEqual([])
    expect(bench.forge.state.deployKeys.of(two.repository.id)).toEqual([])
  })
})

const row = (change: Partial<WebhookDelivery>): WebhookDelivery => ({
  id: 'p1',
  at: 1,
  event: 'push',
  status: null,
  failed: false,
  milliseconds: null,
  response: null,
  from: 'provider',
  outcome: null,
  ...change,
})
const wrong = () => row({ id: 'w1', at: 10, status: 403, failed: true, from: 'receiver', outcome: 'bad-signature' })

describe('the judgement', () => {
  const remote = { id: '1', url: 'u', active: true, pushEvents: true, lastStatus: null, disabledReason: null }
  const found = { remote, receiver: null, deliveries: [], lastReceivedAt: 5 }
  const refused = row({ at: 2000, status: 403, failed: true })
  it.each<[string, Partial<Parameters<typeof judgeWebhook>[1]>, string?]>([
    ['healthy', {}],
    ['silent', { lastReceivedAt: null }],
    ['drifted', { remote: null }],
    ['drifted', { remote: { ...remote, url: 'other' } }],
    ['disabled', { remote: { ...remote, disabledReason: 'too many failures' } }],
    ['failing', { receiver: { code: 'receiver-down' as const, facts: {} } }],
    ['failing', { lastReceivedAt: null, remote: { ...remote, lastStatus: 502 } }],
    ['failing', { lastReceivedAt: null, deliveries: [row({ failed: true, response: 'internal error' })] }],
    ['healthy', { lastReceivedAt: 9000, deliveries: [row({ failed: true, response: 'internal error' })] }],
    ['healthy', { deliveries: [row({ status: 202 })], remote: { ...remote, lastStatus: 502 } }],
    ['failing', { deliveries: [wrong()] }],
    ['failing', { lastReceivedAt: null, deliveries: [wrong()] }],
    ['healthy', { lastReceivedAt: 11, deliveries: [wrong()] }],
    ['failing', { deliveries: [row({ at: 3000 }), row({ at: 2000, status: 500, failed: true })] }],
    ['healthy', { deliveries: [wrong()] }, 'w1'],
    ['healthy', { deliveries: [refused, wrong()] }, 'w1'],
    ['failing', { deliveries: [refused] }, 'w1'],
    ['healthy', { remote: undefined }],
  ])('is %s', (state, changes, excused = '') => {
    expect(judgeWebhook({ url: 'u', excused }, { ...found, ...changes }).state).toBe(state)
  })

  it('blames the secret for a wrong signature, and says what the provider noted', () => {
    const signed = judgeWebhook({ url: 'u' }, { ...found, deliveries: [wrong()] })
    expect(signed.reason).toEqual({ code: 'hook-signature', facts: { url: 'u' } })
    const noted = [row({ at: 2000, failed: true, response: 'internal error' })]
    expect(judgeWebhook({ url: 'u' }, { ...found, deliveries: noted }).reason).toEqual({
      code: 'hook-unreached',
      facts: { url: 'u', message: 'internal error' },
    })
  })
})

it('takes away what may be among rows that could not be read', async () => {
  const removed: string[] = []
  const list: WebhookAbility['list'] = async (_, options) => {
    options?.onPartial?.(new Failure('rows-left-out'))
    return []
  }
  const webhooks = { list, remove: async (_: unknown, id: string) => void removed.push(id) }
  const made = { what: 'webhook', repository: { id: '1', path: 'ada/app' }, id: '7' } as const
  expect(await removeMade({ webhooks } as unknown as ProviderClient, made)).toBe('removed')
  expect(removed).toEqual(['7'])
})

describe('the log of the receiver', () => {
  const at = Date.UTC(2026, 11, 1, 10, 0, 5)
  const line = (id: string, status: number) =>
    `[webhook] 2026/12/01 10:00:05 [${id}] ${status} | 12 B | 1.2ms | 127.0.0.1 | POST /hooks/x`
  const read = (...refused: readonly string[]) => {
    const taken = `${at + 500}\td1\tpush\tdeployed\tx`
    const fields: Record<string, string> = { now: String(at), log: taken, refused: refused.join('\n') }
    const answer = { get: (name: string) => fields[name] ?? '', all: () => [] } as unknown as Answer
    return readReceiverLog(answer, at).map(({ outcome }) => outcome)
  }
  it('tells which came last within one second, though the program tells whole seconds', () => {
    expect(read(line('a', 202), line('b', 403))).toEqual(['bad-signature', 'deployed'])
    expect(read(line('b', 403), line('a', 202))).toEqual(['deployed', 'bad-signature'])
  })
})
