import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepare } from '../testing/git-repositories'
import { createGit } from './create-git'
import { findGit, isDated, parseGitVersion } from './find-git'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'find-git-'))
})
afterAll(() => rm(root, { recursive: true }))

const parts = (path: string) => ({
  inherited: { PATH: path },
  platform: process.platform,
  home: root,
  emptyConfig: '/dev/null',
})
const fake = async (folder: string, answer: string) => {
  await mkdir(join(root, folder))
  await writeFile(join(root, folder, 'git'), `#!/bin/sh\n${answer}\n`, { mode: 0o755 })
  return join(root, folder)
}

it('takes the first program on the path that is git', async () => {
  const broken = await fake('broken', 'exit 1')
  const other = await fake('other', 'echo hello')
  const good = await fake('good', 'echo git version 2.39.5 \\(Apple Git-154\\)')
  const found = await findGit(null, parts(`relative:${broken}:${other}:${join(root, 'none')}:${good}`))
  expect(found).toEqual({ path: join(good, 'git'), version: '2.39.5', dated: true })
})

it('says what is wrong with a chosen program, none at all or one that is too old', async () => {
  const old = await fake('old', 'echo git version 2.31.9')
  expect(await findGit(join(root, 'none'), parts('')).catch((error) => error)).toMatchObject({
    code: 'git-missing',
    facts: { path: join(root, 'none') },
  })
  expect(await findGit(null, parts(root)).catch((error) => error)).toMatchObject({ code: 'git-missing', facts: {} })
  expect(await findGit(join(old, 'git'), parts('')).catch((error) => error)).toMatchObject({
    code: 'git-missing',
    facts: { version: '2.31.9', minimum: '2.32.0' },
  })
})

it('finds the git of this machine and uses a changed setting', async () => {
  let chosen: string | null = join(root, 'none')
  const changing = createGit({ folder: join(root, 'changing'), gitPath: () => chosen, credentialHelper: [] })
  await expect(changing.program()).rejects.toMatchObject({ code: 'git-missing' })
  chosen = null
  expect(`git version ${(await changing.program()).version}`).toBe(await prepare(root, '--version'))
})

it.each([
  ['git version 2.50.1', false],
  ['git version 2.50.0', true],
  ['git version 2.45.4.windows.1', false],
  ['git version 2.43.6', true],
  ['git version 2.43.7', false],
  ['git version 2.39.5 (Apple Git-154)', true],
  ['git version 2.55.0.rc1', false],
  ['git version 3.0.0', false],
])('reads %s', (text, dated) => {
  const version = parseGitVersion(text)
  expect(version && isDated(version)).toBe(dated)
})
