import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { parseAnswer } from '../../src-main/deploy/frame'
import { readCommits } from '../../src-main/features/apps/try-rules'
import { pilotFunctions, runScript } from '../../src-main/testing/pilot-functions'
import { bomb, emptyBomb } from './hostile-trees'
import { file, link, type RawEntry, writeCommit } from './raw-objects'

vi.setConfig({ testTimeout: 120_000 })

let home: string
let mirror: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rules-'))
  mirror = join(home, 'mirror.git')
  execFileSync('git', ['init', '-q', '--bare', mirror])
  for (const folder of ['.cloudaipilot/empty', 'app']) mkdirSync(join(home, folder), { recursive: true })
})
afterEach(() => rmSync(home, { recursive: true }))

/** What runs on a server, with the branch already fetched. */
const run = (script: string): string =>
  runScript(
    `${pilotFunctions('settings', 'git', 'rules')}
take() { true; }
load() { true; }
mirror_at() { true; }
fetch_branch() { true; }
folder=$HOME/app branch=main mirror=$HOME/mirror.git watch='/docs watch'
place
directory=$HOME
ulimit -v 4000000
ulimit -t 30
${script}`,
    home,
  )

const pastCommits = () => readCommits(parseAnswer(Buffer.from(`\0${run('commits')}`)).text)

/** Commits on each other, the oldest first. Answers their hashes. */
const history = (...trees: readonly (readonly RawEntry[])[]): readonly string[] => {
  const made: string[] = []
  for (const tree of trees) made.push(writeCommit(mirror, tree, undefined, made.slice(-1)))
  execFileSync('git', ['-C', mirror, 'update-ref', 'refs/heads/main', made.at(-1) ?? ''])
  return made
}

it('shows the past commits with their files, but for those whose files can’t be listed', () => {
  const names = 'a\nb ünï'
  const made = history(bomb, [file('a')], [file('a'), link(names, 'x')])
  const commits = pastCommits()
  expect(commits.map(({ hash }) => hash)).toEqual([...made].reverse())
  expect(commits.map(({ files }) => files)).toEqual([[names], [], []])
  expect(commits[0]).toMatchObject({ author: 'Mallory', subject: 'Change', at: 1767323045_000 })
})

it('shows fifty commits, each against the one before', () => {
  const made = history(...Array.from({ length: 52 }, (_, at) => [file('a'), file(`b\n${at} ünï`)]))
  const commits = pastCommits()
  expect(commits.map(({ hash }) => hash)).toEqual([...made].reverse().slice(0, 50))
  expect(commits.at(-1)?.files).toEqual(['b\n1 ünï', 'b\n2 ünï'])
})

it('finds out without end for no change whether it is watched', () => {
  const [before, after] = history([file('a')], emptyBomb)
  expect(run(`if touches ${before} ${after}; then echo watched; fi`)).toBe('watched\n')
})
