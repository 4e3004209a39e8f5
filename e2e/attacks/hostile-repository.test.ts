import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { explainServer } from '../../src-main/features/apps/explain-server'
import { requireAddress } from '../../src-main/git/address'
import { createCheckOut } from '../../src-main/git/check-out'
import { createGit } from '../../src-main/git/create-git'
import { findGit } from '../../src-main/git/find-git'
import { parseTree, refusedPath } from '../../src-main/git/tree-rules'
import { type BenchApp, type DeployBench, startDeployBench } from '../../src-main/testing/deploy-bench'
import { type GitServer, startGitServer } from '../../src-main/testing/git-server'
import { harmlessChecks } from '../../src-preload/contract/entities/fsck-check'
import type { Failure } from '../../src-preload/contract/outcome'
import { folderState } from './folder-state'
import { bomb, type HostileTree, harmlessTree, hostileTrees } from './hostile-trees'
import { file, folder, link, type RawEntry, submodule, writeCommit } from './raw-objects'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let bench: DeployBench
let root: string
let server: GitServer
/** Holds every tree of the table; nothing checks what is put into it or served from it. */
let desktopRepository: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'hostile-'))
  desktopRepository = join(root, 'repositories', 'o', 'app.git')
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', desktopRepository])
  bench = await startDeployBench()
  server = await startGitServer({ root: join(root, 'repositories') })
})
afterAll(async () => {
  await server.close()
  expect(bench.forge.problems).toEqual([])
  await bench.close()
  rmSync(root, { recursive: true })
})

const git = (repository: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', repository, ...args], { maxBuffer: 64 * 1024 * 1024 }).toString()
const plain = (path: string) => path.replace(/[\u200c\u200f]/g, '').toLowerCase()
const pinnedBy = (repository: string) =>
  writeCommit(repository, [file('authorized_keys', 'ssh-ed25519 AAAA mallory\n')])

/** The rules are held against the whole table; what takes a server or a clone, against the first tree of each kind. */
const kindOf = ({ fsck, why, modules = [] }: HostileTree) => [fsck, why, ...modules].join()
const oneOfEachKind = [...new Map([...hostileTrees].reverse().map((tree) => [kindOf(tree), tree])).values()].reverse()

describe('every hostile tree', () => {
  const parts = () => ({ home: '/home/somebody', pinned: pinnedBy(desktopRepository) })

  it('is seen by the script on the server, whatever a fetch has let through', () => {
    const scripts = ['start', 'git', 'tree'].map((name) => readFileSync(`src-main/deploy/scripts/${name}.sh`, 'utf8'))
    const loop =
      'repository=$1; shift\nfor commit; do\n  if check_tree "$repository" "$commit" "$HOME/tree"; then echo good; else printf "%s %s\\n" "$refused_why" "$refused_path"; fi\ndone\n'
    writeFileSync(join(root, 'check.sh'), [...scripts, loop].join('\n'))
    mkdirSync(join(root, '.cloudaipilot/empty'), { recursive: true })
    const unreadable = [[file('')], [{ mode: '40000', name: 'x', commit: '0'.repeat(40) }], bomb]
    const commits = [...hostileTrees.map((tree) => tree.root(parts())), harmlessTree(parts()), ...unreadable].map(
      (tree) => writeCommit(desktopRepository, tree),
    )
    const said = execFileSync('sh', [join(root, 'check.sh'), desktopRepository, ...commits], {
      env: { PATH: process.env.PATH, HOME: root },
    })
    const lines = said.toString().split('\n')
    for (const [index, { title, why, path }] of hostileTrees.entries()) {
      const line = plain(lines[index] ?? '')
      if (why === null) expect([title, line]).toEqual([title, 'good'])
      else
        expect([title, path === '' ? line.split(' ')[0] : line]).toEqual([
          title,
          path === '' ? why : `${why} ${plain(path)}`,
        ])
    }
    expect(lines.slice(hostileTrees.length)).toEqual(['good', 'unreadable ', 'unreadable ', 'unreadable ', ''])
  })

  it.each(['linux', 'darwin', 'win32'] as const)('is seen by the same rules on %s', (platform) => {
    const judge = (tree: readonly RawEntry[]) => {
      const listing = git(desktopRepository, 'ls-tree', '-r', '-t', '--full-tree', writeCommit(desktopRepository, tree))
      return refusedPath(parseTree(listing), platform)
    }
    for (const { title, root: tree, why, path } of hostileTrees) {
      const refused = judge(tree(parts()))
      expect([title, refused?.why ?? null]).toEqual([title, why])
      if (path !== '') expect([title, plain(refused?.path ?? '')]).toEqual([title, plain(path)])
    }
    expect(judge(harmlessTree(parts()))).toEqual(
      platform === 'win32' ? { path: 'dev-disk-by\\x2dlabel.swap', why: 'name' } : null,
    )
    expect(judge([folder('e\u0301', file('x')), link('\u00e9', '/tmp')])?.why).toBe('duplicate')
  })
})

describe('a full clone on this computer', () => {
  const clone = async (tree: readonly RawEntry[], name: string) => {
    git(desktopRepository, 'update-ref', 'refs/heads/main', writeCommit(desktopRepository, tree))
    const desktop = createGit({ folder: join(root, 'desktop'), gitPath: () => null, credentialHelper: [] })
    const address = requireAddress(`${server.origin}/o/app.git`)
    return desktop.fullClone({ address, transport: { kind: 'https' } }, join(root, 'person', name))
  }
  const parts = () => ({ home: join(root, 'person'), pinned: pinnedBy(desktopRepository) })

  it('refuses trees of every kind and leaves nothing behind', async () => {
    mkdirSync(join(root, 'person/.ssh'), { recursive: true })
    const before = folderState(join(root, 'person'))
    for (const { title, root: tree, fsck, why } of oneOfEachKind) {
      const failure = await clone(tree(parts()), 'clone').then(
        () => null,
        (error: Failure) => error,
      )
      const told = fsck === null ? ['path-refused', why] : ['object-refused', fsck]
      expect([title, failure?.code, failure?.facts.why ?? failure?.facts.check]).toEqual([title, ...told])
      expect(folderState(join(root, 'person'))).toEqual(before)
    }
  })

  it('writes nothing of a tree that can’t be read, or that stands for more files than any disk holds', async () => {
    const workFolder = join(root, 'work')
    mkdirSync(workFolder)
    const parts = { inherited: process.env, platform: process.platform, home: root, emptyConfig: '/dev/null' }
    const checkOut = createCheckOut({ environment: parts, program: () => findGit(null, parts) })
    for (const tree of [[file('')], bomb]) {
      git(desktopRepository, 'update-ref', 'refs/heads/main', writeCommit(desktopRepository, tree))
      await expect(checkOut({ gitFolder: desktopRepository, workFolder })).rejects.toMatchObject({
        code: 'path-refused',
        facts: { why: 'unreadable' },
      })
      expect(readdirSync(workFolder)).toEqual([])
    }
  })

  it('takes what real projects hold', async () => {
    await clone(harmlessTree(parts()), 'good')
    expect(git(join(root, 'person/good'), 'status', '--porcelain')).toBe('')
    expect(readFileSync(join(root, 'person/good/größe/ünïcödé-名前-🙂'), 'utf8')).toBe('file\n')
    expect(lstatSync(join(root, 'person/good/absolute')).isSymbolicLink()).toBe(true)
  })
})

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
