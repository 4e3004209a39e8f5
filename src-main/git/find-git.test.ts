import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepare } from '../testing/git-repositories'
import { requireAddress } from './address'
import { createGit } from './create-git'
import { findGit, isDated, parseGitVersion } from './find-git'
import type { GitTarget } from './transport'

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
  await mkdir(join(root, folder), { recursive: true })
  await writeFile(join(root, folder, 'git'), `#!/bin/sh\n${answer}\n`, { mode: 0o755 })
  return join(root, folder)
}

it('takes the first program on the path that is git', async () => {
  const broken = await fake('broken', 'exit 1')
  const other = await fake('other', 'echo hello')
  const good = await fake('good', 'echo git version 2.39.5 \\(Apple Git-154\\)')
  const found = await findGit(null, parts(`relative:${broken}:${other}:${join(root, 'none')}:${good}`))
  expect(found).toMatchObject({ path: join(good, 'git'), version: '2.39.5', dated: true })
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

it('starts no program that others may change, and asks again when the file is another one', async () => {
  const ran = join(root, 'ran')
  const open = await fake('open', `touch ${ran}; echo git version 2.50.1`)
  await chmod(join(open, 'git'), 0o777)
  const found = await findGit(join(open, 'git'), parts('')).catch((error) => error)
  expect(found).toMatchObject({ code: 'git-missing', facts: { why: 'writable' } })
  expect(existsSync(ran)).toBe(false)

  const own = await fake('own', 'echo git version 2.50.1')
  const git = createGit({ folder: join(root, 'again'), gitPath: () => join(own, 'git'), credentialHelper: [] })
  expect(await git.program()).toMatchObject({ version: '2.50.1' })
  await writeFile(join(own, 'git'), '#!/bin/sh\necho git version 2.51.0\n')
  expect(await git.program()).toMatchObject({ version: '2.51.0' })
  await chmod(join(own, 'git'), 0o775)
  await expect(git.program()).rejects.toMatchObject({ code: 'git-missing', facts: { why: 'writable' } })
})

it('starts no program from a folder that was ever cloned into, in a later start either', async () => {
  const clone = join(root, 'cloned')
  const folder = join(root, 'remembering')
  const first = createGit({ folder, gitPath: () => null, credentialHelper: [] })
  const address = requireAddress('https://127.0.0.1:1/a/b.git')
  const target = { address, transport: { kind: 'https', credential: null } } as unknown as GitTarget
  await first.fullClone(target, clone).catch(() => undefined)
  await fake('cloned', 'echo git version 2.50.1')
  for (const path of [join(clone, 'git'), join(folder, 'git')]) {
    const later = createGit({ folder, gitPath: () => path, credentialHelper: [] })
    await writeFile(join(folder, 'git'), '#!/bin/sh\necho git version 2.50.1\n', { mode: 0o755 })
    await expect(later.program()).rejects.toMatchObject({ code: 'git-missing', facts: { why: 'cloned' } })
    await expect(later.check(path)).rejects.toMatchObject({ facts: { path } })
  }
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
