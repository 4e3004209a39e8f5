import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { seedRepository } from '../testing/git-repositories'
import { type GitServer, startGitServer } from '../testing/git-server'
import { descendants } from '../testing/process-watch'
import { requireAddress } from './address'
import { createGit, type Git } from './create-git'
import { runGit } from './git'
import type { GitTarget } from './transport'

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

let root: string
let git: Git
let stalling: GitServer

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'stop-'))
  const repositories = join(root, 'repositories')
  const files = { 'a.txt': Array.from({ length: 20_000 }, () => Math.random()).join() }
  await seedRepository(repositories, 'o/app.git', {
    commits: [{ subject: 'One', files }],
    config: { 'uploadpack.allowFilter': 'false' },
  })
  stalling = await startGitServer({
    root: repositories,
    instead: ({ method }) => (method === 'POST' ? { kind: 'stall', bytes: 20_000 } : null),
  })
  git = createGit({ folder: join(root, 'app'), gitPath: () => null, credentialHelper: [] })
})
afterAll(async () => {
  await stalling.close()
  await rm(root, { recursive: true })
})

const target = (): GitTarget => ({
  address: requireAddress(`${stalling.origin}/o/app.git`),
  transport: { kind: 'https' },
})
/** The server's own processes end when the connection does. */
const nothingRuns = () => expect.poll(() => descendants(process.pid)).toEqual([])

describe('cancel', () => {
  it.each([
    ['test clone', (signal: AbortSignal, onProgress: () => void) => git.testClone(target(), { signal, onProgress })],
    [
      'full clone',
      (signal: AbortSignal, onProgress: () => void) =>
        git.fullClone(target(), join(root, 'new'), { signal, onProgress }),
    ],
  ])('ends every process of a %s in the middle of the pack and leaves nothing', async (_, act) => {
    const stop = new AbortController()
    const clone = act(stop.signal, () => stop.abort())
    await expect(clone).rejects.toMatchObject({ code: 'cancelled' })
    expect(stop.signal.aborted).toBe(true)
    await nothingRuns()
    expect(await readdir(join(root, 'app', 'work')).catch(() => [])).toEqual([])
    expect(await readdir(root)).not.toContain('new')
  })

  it('before the start runs nothing', async () => {
    const requests = stalling.requests.length
    await expect(git.listBranches(target(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
    await expect(git.testClone(target(), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    expect(stalling.requests.length).toBe(requests)
  })
})

describe('runGit', () => {
  const program = (name: string, script: string) =>
    writeFile(join(root, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 }).then(() => join(root, name))
  const environment = { PATH: process.env.PATH ?? '' }

  it('ends a group that ignores the request to end, and a child that outlives its parent', async () => {
    const stubborn = await program('stubborn', `trap '' TERM\n(trap '' TERM; sleep 60) &\necho ready >&2\nsleep 60`)
    const stop = new AbortController()
    const run = { program: stubborn, args: [], cwd: root, environment, timeout: 60_000, signal: stop.signal }
    await expect(runGit({ ...run, onLine: () => stop.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    await nothingRuns()
  })

  it('ends what takes too long and what says too much', async () => {
    const slow = await program('slow', 'sleep 60')
    await expect(runGit({ program: slow, args: [], cwd: root, environment, timeout: 50 })).rejects.toMatchObject({
      code: 'timed-out',
    })
    const loud = await program('loud', 'yes')
    const run = { program: loud, args: [], cwd: root, environment, timeout: 60_000, maxOutput: 10_000 }
    await expect(runGit(run)).rejects.toMatchObject({ code: 'bad-answer' })
    await nothingRuns()
  })

  it('names a program that is not there', async () => {
    const run = { program: join(root, 'none'), args: [], cwd: root, environment, timeout: 1000 }
    await expect(runGit(run)).rejects.toMatchObject({ code: 'git-missing' })
  })
})
