import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { file, folder, link, writeCommit } from '../../../e2e/attacks/raw-objects'
import type { AppForm, Deploy, Preflight } from '../../../src-preload/contract/entities/app'
import { type AppBench, startAppBench } from '../../testing/app-bench'

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
const handlers = () => bench.deployments.apps.handlers
const live = (folder: string, file: string) => {
  const path = join(folder, 'current', file)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
const push = (repository: Parameters<AppBench['forge']['push']>[0], files: Record<string, string>) =>
  bench.forge.push(repository, { message: 'Change', files })

describe('the look ahead', () => {
  it('clones from both sides and says what the repository holds', async () => {
    const repository = await bench.repository({
      files: { 'web/index.html': 'x', '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n' },
    })
    const form = bench.form(repository, { rootFolder: 'web', command: 'npm-that-is-not ci && true' })
    const { items, ready, serverKey, lfs } = (await handlers().preflight(form)) as Preflight
    const states = Object.fromEntries(items.map(({ item, state }) => [item, state]))
    expect(states).toMatchObject({
      access: 'passed',
      branch: 'passed',
      'host-key': 'passed',
      'from-here': 'passed',
      'from-server': 'passed',
      'root-folder': 'passed',
      lfs: 'warned',
      command: 'warned',
    })
    expect([ready, lfs]).toEqual([true, true])
    expect(items.find(({ item }) => item === 'from-server')?.detail).toBe(
      items.find(({ item }) => item === 'from-here')?.detail,
    )
    expect(serverKey).toMatchObject({ placed: 'provider' })
    expect(bench.forge.state.deployKeys.of(repository.id).map(({ canPush }) => canPush)).toEqual([false])
    expect(bench.announced.some(({ event }) => event === 'apps.preflight')).toBe(true)
  })

  it('tells a bad branch, folder and root apart', async () => {
    const repository = await bench.repository()
    const form = bench.form(repository, { branch: 'nowhere', folder: '/etc', rootFolder: 'none' })
    const { items, ready, savable } = (await handlers().preflight(form)) as Preflight
    const failures = Object.fromEntries(items.map(({ item, failure }) => [item, failure?.code]))
    expect([ready, savable]).toEqual([false, false])
    expect(failures).toMatchObject({
      folder: 'folder-refused',
      'from-here': 'branch-missing',
      branch: 'branch-missing',
    })
  })

  it('asks the server for its home folder, and tells what saving would refuse from what a deploy would', async () => {
    const home = bench.machine.home
    const repository = await bench.repository()
    const look = async (fields: Partial<AppForm>) => {
      const { folder, savable, ready, items } = (await handlers().preflight(
        bench.form(repository, fields),
      )) as Preflight
      return { folder, savable, ready, why: items.find(({ item }) => item === 'folder')?.failure ?? null }
    }
    const own = `${home}/apps/own-place`
    expect(await look({ folder: '~/apps/own-place' })).toEqual({ folder: own, savable: true, ready: true, why: null })
    const missing = { folder: own, branch: 'nowhere' }
    expect(await look(missing)).toEqual({ folder: own, savable: true, ready: false, why: null })
    const half = 'x'.repeat(600_000)
    const saved = await bench.save(repository, { ...missing, variables: [{ name: 'A', value: half }] })
    expect(saved).toMatchObject({ folder: own })
    // What is kept counts as well.
    const more = {
      id: saved.id,
      folder: own,
      variables: ['A', 'B'].map((name) => ({ name, value: name === 'A' ? null : half })),
    }
    expect(await look(more)).toMatchObject({ savable: false })
    await expect(bench.save(repository, more)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await look({ folder: own })).toMatchObject({
      savable: false,
      why: { code: 'folder-refused', facts: { why: 'in-use' } },
    })
    const full = { folder: `${home}/.ssh`, branch: 'nowhere' }
    expect(await look(full)).toMatchObject({
      savable: false,
      why: { code: 'folder-refused', facts: { why: 'not-ours' } },
    })
    await expect(bench.save(repository, full)).rejects.toMatchObject({ code: 'folder-refused' })
    expect(await look({ folder: '/proc/x/y' })).toMatchObject({
      savable: false,
      why: { facts: { why: 'not-writable' } },
    })
    expect(await look({ variables: [{ name: 'LD_PRELOAD', value: '' }] })).toMatchObject({ savable: false })
  })
})

describe('an app', () => {
  it('is saved, deployed, told to the provider, rolled back and read back', async () => {
    const repository = await bench.repository({ files: { a: '1' } })
    const secret = 'very-secret-value'
    const app = await bench.save(repository, { command: 'echo "$KEY"', variables: [{ name: 'KEY', value: secret }] })
    expect(app).toMatchObject({ serverKey: { placed: 'provider' }, variables: ['KEY'], trigger: { live: 'none' } })
    const first = await bench.deploy(app.id)
    expect(first).toMatchObject({ state: 'succeeded', branch: 'main', author: 'Ada Lovelace', failure: null })
    expect(first.phases.map(({ phase }) => phase).slice(0, 6)).toEqual([
      'connect',
      'key',
      'fetch',
      'release',
      'command',
      'switch',
    ])
    expect(live(app.folder, 'a')).toBe('1')
    await push(repository, { a: '2' })
    const second = await bench.deploy(app.id)
    expect(live(app.folder, 'a')).toBe('2')
    await expect
      .poll(
        () => bench.forge.state.statuses.filter(({ repositoryId }) => repositoryId === repository.id).length,
        patiently,
      )
      .toBe(2)
    const releases = await handlers().releases({ id: app.id })
    expect(releases.map(({ current }) => current)).toEqual([true, false])
    const back = await handlers().rollback({ id: app.id, release: first.release ?? '' })
    expect(await bench.ended(back.id)).toMatchObject({ state: 'succeeded', reason: 'rollback', commit: first.commit })
    expect(live(app.folder, 'a')).toBe('1')
    const history = await handlers().history({ id: app.id, before: null })
    expect(history.map(({ id, state }) => [id, state])).toEqual([
      [back.id, 'succeeded'],
      [second.id, 'succeeded'],
      [first.id, 'succeeded'],
    ])
    expect(await handlers().history({ id: app.id, before: history[1]?.id ?? '' })).toMatchObject([{ id: first.id }])
    const { lines } = await handlers().log({ appId: app.id, deployId: first.id, from: 0 })
    expect(lines.filter(({ phase }) => phase === 'command')).toEqual([{ phase: 'command', text: '[secret]' }])
    await expect.poll(() => bench.app(app.id).state, patiently).toBe('live')
    // The value is in the vault and in no file, announcement or store.
    expect(JSON.stringify([bench.announced, Object.values(bench.stores).map((store) => store.read())])).not.toContain(
      secret,
    )
    expect(bench.machine.as('sh', '-c', 'grep -rlF very-secret "$HOME" || true')).toBe('')
  })

  it('shows after a restart what really happened meanwhile', async () => {
    const repository = await bench.repository({ files: { a: '1' } })
    const gate = join(bench.machine.home, `gate-${repository.name}`)
    const app = await bench.save(repository, { command: `until [ -e '${gate}' ]; do sleep 0.05; done` })
    const started = await handlers().deploy({ id: app.id, commit: null })
    await expect.poll(() => bench.app(app.id).state, patiently).toBe('deploying')
    await bench.restart()
    bench.deployments.apps.start()
    bench.announced.length = 0
    await expect.poll(() => bench.announced.some(({ event }) => event === 'deploys.changed'), patiently).toBe(true)
    bench.machine.as('touch', gate)
    expect(await bench.ended(started.id)).toMatchObject({ state: 'succeeded' })
    await expect.poll(() => bench.app(app.id).state, patiently).toBe('live')
    expect(live(app.folder, 'a')).toBe('1')
  })

  it('survives cuts of the connection wherever they come', async () => {
    const repository = await bench.repository({ files: { a: '0' } })
    const app = await bench.save(repository, { command: 'echo one; sleep 0.1; echo two' })
    for (let cut = 0; cut < 20; cut += 1) {
      await push(repository, { a: String(cut) })
      const { id } = await handlers().deploy({ id: app.id, commit: null })
      const timer = setTimeout(() => bench.machine.cut(), cut * 25)
      const deploy: Deploy = await bench.ended(id)
      clearTimeout(timer)
      expect([cut, deploy.state]).toEqual([cut, 'succeeded'])
      expect(live(app.folder, 'a')).toBe(String(cut))
      const { lines } = await handlers().log({ appId: app.id, deployId: id, from: 0 })
      expect(lines.filter(({ phase }) => phase === 'command').map(({ text }) => text)).toEqual(['one', 'two'])
    }
  })

  it('follows a repository that was renamed or transferred', async () => {
    const repository = await bench.repository({ files: { a: '1' } })
    const app = await bench.save(repository)
    bench.forge.world.rename(repository, `${repository.name}-new`)
    expect((await bench.deploy(app.id)).state).toBe('succeeded')
    expect(bench.app(app.id).source.path).toBe(`ada/${repository.name}`)
  })

  it('says what past commits would have done', async () => {
    const repository = await bench.repository({ files: { 'src/a': '1' } })
    await push(repository, { 'docs/x': '1' })
    await push(repository, { 'src/a': '2' })
    const app = await bench.save(repository, { watchPaths: ['src/'] })
    const trials = await handlers().tryRules({ id: app.id, watchPaths: null })
    expect(trials.map(({ deploys, pattern, file }) => [deploys, pattern, file])).toEqual([
      [true, 'src/', 'src/a'],
      [false, null, null],
      [true, 'src/', 'src/a'],
    ])
    const edited = await handlers().tryRules({ id: app.id, watchPaths: ['docs/'] })
    expect(edited.map(({ deploys }) => deploys)).toEqual([false, true, false])
  })

  it('goes with its keys, and is told when it is proved', async () => {
    const repository = await bench.repository({ files: { a: '1' } })
    const app = await bench.save(repository)
    await bench.deploy(app.id)
    expect(bench.deployments.dependentsOf('ada').apps.map(({ id }) => id)).toContain(app.id)
    const removal = await handlers().remove({ id: app.id, clean: true })
    expect(removal.steps.map(({ what, outcome }) => [what, outcome])).toEqual([
      ['server-key', 'removed'],
      ['releases', 'removed'],
      ['deploy-key', 'removed'],
      ['local-secret', 'removed'],
    ])
    expect(bench.forge.state.deployKeys.of(repository.id)).toEqual([])
    expect(existsSync(app.folder)).toBe(false)
    expect(await handlers().removals(undefined)).toEqual([])
  })

  it('moves to another account that sees it, and to no other', async () => {
    const repository = await bench.repository({ files: { a: '1' }, collaborators: { grace: 'admin' } })
    const app = await bench.save(repository)
    bench.account('grace', { user: 'grace' })
    bench.account('alan', { user: 'alan' })
    const refused = await handlers().moveTo({ ids: [app.id], accountId: 'alan' })
    expect(refused).toMatchObject([{ moved: false, failure: { code: 'not-found' } }])
    expect(bench.app(app.id).source.accountId).toBe('ada')
    expect(await handlers().moveTo({ ids: [app.id], accountId: 'grace' })).toMatchObject([{ moved: true }])
    expect(bench.app(app.id).source.accountId).toBe('grace')
    const keys = bench.forge.state.deployKeys.of(repository.id)
    expect(keys.map(({ addedBy, canPush }) => [addedBy, canPush])).toEqual([['grace', false]])
    expect((await bench.deploy(app.id)).state).toBe('succeeded')
  })

  it('is allowed a harmless check by name, from the look ahead to the deploy', async () => {
    const repository = await bench.repository({ files: { a: '1' } })
    const directory = await bench.forge.world.git.directory(repository)
    const old = writeCommit(directory, [{ mode: '040000', name: 'web', tree: [file('index.html')] }])
    await bench.forge.world.git.run(repository, ['update-ref', 'refs/heads/main', old])
    const fromServer = async (changes: Parameters<AppBench['form']>[1]) => {
      const { items } = (await handlers().preflight(bench.form(repository, changes))) as Preflight
      return items.find(({ item }) => item === 'from-server')
    }
    expect(await fromServer({})).toMatchObject({
      failure: { code: 'object-refused', facts: { check: 'zeroPaddedFilemode', from: 'server' } },
    })
    const allowedChecks = ['zeroPaddedFilemode' as const]
    expect(await fromServer({ allowedChecks })).toMatchObject({ state: 'passed', failure: null })
    const app = await bench.save(repository)
    expect(await bench.deploy(app.id)).toMatchObject({
      state: 'failed',
      failure: { code: 'object-refused', facts: { check: 'zeroPaddedFilemode' } },
    })
    expect(await bench.save(repository, { id: app.id, allowedChecks })).toMatchObject({ allowedChecks })
    expect((await bench.deploy(app.id)).state).toBe('succeeded')
  })

  it('is not looked at further where its tree is not safe', async () => {
    const repository = await bench.repository({ files: { a: '1' } })
    const directory = await bench.forge.world.git.directory(repository)
    const hostile = writeCommit(directory, [link('X', '/tmp'), folder('x', file('y'))])
    await bench.forge.world.git.run(repository, ['update-ref', 'refs/heads/main', hostile])
    const { items } = (await handlers().preflight(bench.form(repository))) as Preflight
    expect(items.find(({ item }) => item === 'from-server')?.failure).toMatchObject({
      code: 'path-refused',
      facts: { path: 'x', why: 'duplicate' },
    })
  })

  it('brings its submodules of the same host, each by a key of its own', async () => {
    const part = await bench.repository({ files: { inner: 'deep' } })
    const [tip] = await bench.forge.world.git.branches(part)
    const repository = await bench.repository({
      files: {
        '.gitmodules': `[submodule "part"]\n\tpath = lib/part\n\turl = ../${part.name}.git\n`,
        'lib/part': { submodule: tip?.hash ?? '' },
      },
    })
    const app = await bench.save(repository, { submodules: true })
    expect((await bench.deploy(app.id)).state).toBe('succeeded')
    expect(live(app.folder, 'lib/part/inner')).toBe('deep')
    expect(bench.forge.state.deployKeys.of(part.id)).toHaveLength(1)
  })
})
