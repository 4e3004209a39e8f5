import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { requireAddress } from '../../src-main/git/address'
import { createCheckOut } from '../../src-main/git/check-out'
import { createGit } from '../../src-main/git/create-git'
import { findGit } from '../../src-main/git/find-git'
import { parseTree, refusedPath } from '../../src-main/git/tree-rules'
import { type GitServer, startGitServer } from '../../src-main/testing/git-server'
import type { Failure } from '../../src-preload/contract/outcome'
import { folderState } from './folder-state'
import { bomb, harmlessTree, hostileTrees, oneOfEachKind } from './hostile-trees'
import { file, folder, link, type RawEntry, writeCommit } from './raw-objects'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let root: string
let server: GitServer
/** Holds every tree of the table; nothing checks what is put into it or served from it. */
let desktopRepository: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'hostile-'))
  desktopRepository = join(root, 'repositories', 'o', 'app.git')
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', desktopRepository])
  server = await startGitServer({ root: join(root, 'repositories') })
})
afterAll(async () => {
  await server.close()
  rmSync(root, { recursive: true })
})

const git = (repository: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', repository, ...args], { maxBuffer: 64 * 1024 * 1024 }).toString()
const plain = (path: string) => path.replace(/[\u200c\u200f]/g, '').toLowerCase()
const pinnedBy = (repository: string) =>
  writeCommit(repository, [file('authorized_keys', 'ssh-ed25519 AAAA mallory\n')])

describe('every hostile tree', () => {
  const parts = () => ({ home: '/home/somebody', pinned: pinnedBy(desktopRepository) })

  const byScript = (commits: readonly string[], before = '', path = process.env.PATH ?? ''): string => {
    const scripts = ['start', 'git', 'tree'].map((name) => readFileSync(`src-main/deploy/scripts/${name}.sh`, 'utf8'))
    const loop =
      'repository=$1; shift\nfor commit; do\n  if check_tree "$repository" "$commit" "$HOME/tree"; then echo good; else printf "%s %s\\n" "$refused_why" "$refused_path"; fi\ndone\n'
    writeFileSync(join(root, 'check.sh'), [...scripts, before, loop].join('\n'))
    mkdirSync(join(root, '.cloudaipilot/empty'), { recursive: true })
    const environment = { PATH: path, HOME: root }
    return execFileSync('sh', [join(root, 'check.sh'), desktopRepository, ...commits], { env: environment }).toString()
  }

  it('is seen by the script on the server, whatever a fetch has let through', () => {
    const unreadable = [[file('')], [{ mode: '40000', name: 'x', commit: '0'.repeat(40) }], bomb]
    const commits = [...hostileTrees.map((tree) => tree.root(parts())), harmlessTree(parts()), ...unreadable].map(
      (tree) => writeCommit(desktopRepository, tree),
    )
    const lines = byScript(commits).split('\n')
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

  it('is not taken where its list was cut in the last bytes, or a program that looks through it was stopped', () => {
    const commit = writeCommit(desktopRepository, [file('a'), file('b')])
    const bytes = git(desktopRepository, 'ls-tree', '-z', commit).length
    expect(byScript([commit], `most_listed=${bytes + 1}`)).toBe('good\n')
    for (const most of [bytes, bytes - 1]) expect(byScript([commit], `most_listed=${most}`)).toBe('unreadable \n')
    const hostile = writeCommit(desktopRepository, [link('x', '/tmp'), folder('x', file('y'))])
    for (const program of ['awk', 'cut', 'grep', 'sed', 'sort', 'tr']) {
      const directory = join(root, `without-${program}`)
      mkdirSync(directory)
      writeFileSync(join(directory, program), '#!/bin/sh\nkill -s KILL $$\n', { mode: 0o755 })
      const said = byScript([hostile], '', `${directory}:${process.env.PATH}`)
      expect([program, said]).toEqual([program, 'unreadable \n'])
    }
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
