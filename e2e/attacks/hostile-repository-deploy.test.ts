import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { watchAttributes } from '../../src-main/deploy/watch-rules'
import { explainServer } from '../../src-main/features/apps/explain-server'
import { type BenchApp, type DeployBench, startDeployBench } from '../../src-main/testing/deploy-bench'
import { harmlessChecks } from '../../src-preload/contract/entities/fsck-check'
import { folderState } from './folder-state'
import { bomb, harmlessTree, hostileTrees, oneOfEachKind } from './hostile-trees'
import { file, folder, link, type RawEntry, submodule, writeCommit } from './raw-objects'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let bench: DeployBench
beforeAll(async () => {
  bench = await startDeployBench()
})
afterAll(async () => {
  expect(bench.forge.problems).toEqual([])
  await bench.close()
})

const git = (repository: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', repository, ...args], { maxBuffer: 64 * 1024 * 1024 }).toString()
const pinnedBy = (repository: string) =>
  writeCommit(repository, [file('authorized_keys', 'ssh-ed25519 AAAA mallory\n')])

describe('a deploy', () => {
  interface Target {
    readonly app: BenchApp
    readonly part: BenchApp
    readonly repository: string
    readonly pinned: string
    push(tree: readonly RawEntry[], by?: string): string
    /** As if an earlier version, which did not check, had fetched it. */
    smuggle(): void
  }

  const prepare = async (): Promise<Target> => {
    const [app, part] = [await bench.app({ files: { a: '1' } }), await bench.app({ files: { b: '1' } })]
    const directory = ({ repository }: BenchApp) => bench.forge.world.git.directory(repository)
    const [repository, partRepository] = [await directory(app), await directory(part)]
    const pinned = pinnedBy(partRepository)
    git(partRepository, 'update-ref', 'refs/heads/main', pinned)
    await app.deploy()
    return {
      app,
      part,
      repository,
      pinned,
      push: (tree, by) => {
        const commit = writeCommit(repository, tree, by)
        git(repository, 'update-ref', 'refs/heads/main', commit)
        return commit
      },
      smuggle: () => {
        for (const [from, to] of [
          [repository, 'mirror.git'],
          [partRepository, `modules/${part.key}.git`],
        ] as const) {
          const objects = join(app.folder, '.deploy', to, 'objects')
          if (!existsSync(objects)) continue
          cpSync(join(from, 'objects'), objects, { recursive: true })
          bench.server.own(join(app.folder, '.deploy', to))
        }
      },
    }
  }
  const modulesOf = ({ part }: Target, paths: readonly string[] = []) =>
    paths.map((path) => ['submodule', `${path}\t${part.url}\t${part.key}`] as const)
  /** All that the server's user has, but for what a deploy is there to write. */
  const outside = ({ app }: Target) => {
    const apps = app.folder.slice(bench.server.home.length + 1)
    return {
      ...folderState(bench.server.home, (path) =>
        ['.cloudaipilot/journal', `${apps}/.deploy`, `${apps}/releases`].includes(path),
      ),
      releases: readdirSync(join(app.folder, 'releases')).join(),
    }
  }
  const failureOf = async ({ app }: Target) => {
    const { end } = (await app.deploy()).record
    expect(end?.state).toBe('failed')
    return explainServer(end?.code ?? '', end?.facts ?? {}, { sshUrl: app.url, branch: 'main', server: 'bench' })
  }

  it('refuses trees of every kind, and nothing outside its release changes', async () => {
    const target = await prepare()
    const { app, push, pinned } = target
    let configured = ''
    for (const { title, root: tree, fsck, why, modules = [] } of oneOfEachKind) {
      if (modules.join() !== configured) await app.configure({}, modulesOf(target, modules))
      configured = modules.join()
      const before = outside(target)
      push(tree({ home: bench.server.home, pinned }))
      const { code, facts } = await failureOf(target)
      const told = fsck === null ? ['path-refused', why] : ['object-refused', fsck]
      expect([title, code, facts.why ?? facts.check]).toEqual([title, ...told])
      expect(outside(target)).toEqual(before)
    }
  })

  it('refuses what was fetched before fetches were checked', async () => {
    const target = await prepare()
    for (const { root: tree, why, path, modules } of hostileTrees.slice(0, 4)) {
      await target.app.configure({}, modulesOf(target, modules))
      const before = outside(target)
      target.push(tree({ home: bench.server.home, pinned: target.pinned }))
      target.smuggle()
      expect(await failureOf(target)).toMatchObject({ code: 'path-refused', facts: { path, why } })
      expect(outside(target)).toEqual(before)
    }
  })

  it('looks through the tree of a submodule in the same way', async () => {
    const target = await prepare()
    const partRepository = await bench.forge.world.git.directory(target.part.repository)
    await target.app.configure({}, modulesOf(target, ['lib/part']))
    const attempt = async (tree: readonly RawEntry[]) => {
      const commit = writeCommit(partRepository, tree)
      git(partRepository, 'update-ref', 'refs/heads/main', commit)
      target.push([folder('lib', submodule('part', commit))])
      return failureOf(target)
    }
    const before = outside(target)
    expect(await attempt([folder('.git', file('config'))])).toMatchObject({
      code: 'object-refused',
      facts: { check: 'hasDotgit', path: 'lib/part' },
    })
    expect(await attempt([link('X', bench.server.home), folder('x', file('.profile'))])).toMatchObject({
      code: 'path-refused',
      facts: { why: 'duplicate', path: 'lib/part/x' },
    })
    expect(outside(target)).toEqual(before)
  })

  it('follows no link of the repository on the way to the root folder', async () => {
    const target = await prepare()
    target.push([
      link('out', bench.server.home),
      folder('real', folder('web', file('index.html'))),
      link('web', 'real'),
    ])
    for (const rootFolder of ['out', 'out/apps', 'web', 'web/web']) {
      await target.app.configure({ root: rootFolder, command: 'touch executed' })
      const before = outside(target)
      expect(await failureOf(target)).toMatchObject({
        code: 'folder-missing',
        facts: { path: rootFolder, why: 'link' },
      })
      expect(outside(target)).toEqual(before)
    }
    await target.app.configure({ root: 'real/web' })
    expect((await target.app.deploy()).record.end?.state).toBe('succeeded')
  })

  it('says of a submodule what git said of it, and nothing that was said before', async () => {
    const target = await prepare()
    const { app, part, push, pinned } = target
    push([folder('lib', submodule('gone', pinned), submodule('part', pinned))])
    const gone = part.url.replace(/[^/]+$/, 'gone.git')
    await app.configure({}, [...modulesOf(target, ['lib/part']), ['submodule', `lib/gone\t${gone}\t${app.key}`]])
    const refused = (await app.deploy()).record.end
    expect(refused).toMatchObject({ code: 'submodule-refused', facts: { path: 'lib/gone' } })
    expect(refused?.facts.said).toMatch(/Could not read from remote repository|not found/)
    expect(refused?.facts.said).not.toContain('HEAD is now')
    // A folder of ours that can not be written: nothing is fetched, so git says nothing.
    rmSync(join(app.folder, '.deploy/modules'), { recursive: true, force: true })
    writeFileSync(join(app.folder, '.deploy/modules'), '')
    const blocked = (await app.deploy()).record.end
    expect(blocked).toMatchObject({ code: 'submodule-refused', facts: { path: 'lib/part' } })
    expect(blocked?.facts.said).toMatch(/^mkdir: /)
  })

  it('goes back to no release whose root folder is a link', async () => {
    const target = await prepare()
    const { app, push } = target
    push([link('web', bench.server.home)])
    const first = (await app.deploy()).record
    push([folder('web', file('index.html'))])
    await app.configure({ root: 'web' })
    expect((await app.deploy()).record.end?.state).toBe('succeeded')
    const current = readlinkSync(join(app.folder, 'current'))
    const { end } = (await app.deploy({ reason: 'rollback', release: first.release ?? '' })).record
    expect(end).toMatchObject({ state: 'failed', code: 'folder-missing', facts: { path: 'web', why: 'link' } })
    expect(readlinkSync(join(app.folder, 'current'))).toBe(current)
  })

  it('writes down no more of what a commit says than a line of its stream may have', async () => {
    const { app, push } = await prepare()
    push([file('a')], `${'M'.repeat(5_000_000)} <mallory@example.com> 1767323045 +0000`)
    const id = await app.submit()
    const { record } = await app.end(id)
    expect([record.end?.state, record.author]).toEqual(['succeeded', 'M'.repeat(1000)])
    expect(statSync(join(app.folder, `.deploy/deploys/${id}/stream`)).size).toBeLessThan(20_000)
  })

  it('looks at no more of a change than a disk holds to find out whether it is watched', async () => {
    const { app, push } = await prepare()
    await app.configure({ watch: watchAttributes(['/docs']) })
    push(bomb)
    const { end } = (await app.deploy({ reason: 'push' })).record
    expect(end).toMatchObject({ state: 'failed', code: 'path-refused', facts: { why: 'unreadable' } })
  })

  it('takes what real projects hold, with its submodule', async () => {
    const target = await prepare()
    target.push(harmlessTree({ home: bench.server.home, pinned: target.pinned }))
    await target.app.configure({}, modulesOf(target, ['lib/part']))
    const { record } = await target.app.deploy()
    expect(record.end).toMatchObject({ state: 'succeeded' })
    const current = join(target.app.folder, 'current')
    expect(readFileSync(join(current, 'lib/part/authorized_keys'), 'utf8')).toContain('mallory')
    expect(readFileSync(join(current, 'größe/ünïcödé-名前-🙂'), 'utf8')).toBe('file\n')
    // Nothing is left of what was needed to look through it.
    const left = readdirSync(
      join(
        target.app.folder,
        '.deploy/deploys',
        readdirSync(join(target.app.folder, '.deploy/deploys')).sort().at(-1) ?? '',
      ),
    )
    expect(left.sort()).toEqual(['alive', 'stream'])
  })

  it('passes over a harmless check that was allowed by name, and over no other', async () => {
    const target = await prepare()
    const { app, push } = target
    push([{ mode: '040000', name: 'a', tree: [file('b')] }])
    expect(await failureOf(target)).toMatchObject({
      code: 'object-refused',
      facts: { check: 'zeroPaddedFilemode', object: expect.stringMatching(/^[0-9a-f]{40}$/) },
    })
    await app.configure({}, [['allow', 'missingSpaceBeforeDate']])
    expect(await failureOf(target)).toMatchObject({ facts: { check: 'zeroPaddedFilemode' } })
    await app.configure({}, [['allow', 'zeroPaddedFilemode']])
    expect((await app.deploy()).record.end?.state).toBe('succeeded')

    const protective = ['hasDotgit', 'duplicateEntries', 'treeNotSorted', 'fullPathname', 'hasDotdot', 'gitmodulesName']
    await app.configure(
      {},
      [...protective, 'hasdotgit', 'all', '*', 'x -c core.sshCommand=x'].map((name) => ['allow', name] as const),
    )
    push([{ mode: '40000', name: '.GIT', tree: [file('config')] }])
    expect(await failureOf(target)).toMatchObject({ code: 'object-refused', facts: { check: 'hasDotgit' } })
    expect(harmlessChecks.filter((check) => protective.includes(check))).toEqual([])
  })
})

it('the script and the window allow the same checks', () => {
  const script = readFileSync('src-main/deploy/scripts/start.sh', 'utf8')
  const lines = /allow_check\(\) \{\n {2}case \$1 in\n([\s\S]*?) {2}\*\)/.exec(script)?.[1] ?? ''
  expect([...lines.matchAll(/[a-z][A-Za-z0-9]+/g)].map(([name]) => name).sort()).toEqual([...harmlessChecks].sort())
})
