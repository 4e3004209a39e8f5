import { chmod, chown, link, mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { safeSearchPath } from './search-path'
import { judgeProgram } from './trusted-program'

let root: string
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'program-')))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const program = async (name: string, mode = 0o755) => {
  await writeFile(join(root, name), '#!/bin/sh\n')
  await chmod(join(root, name), mode)
  return join(root, name)
}
const judge = (path: string, foreignFolders: readonly string[] = []) => judgeProgram(path, { foreignFolders })

describe.skipIf(process.platform === 'win32')('a program', () => {
  it('is trusted where its owner alone may change it, through links too', async () => {
    const path = await program('git')
    await symlink(path, join(root, 'linked'))
    expect(judge(path)).toMatchObject({ trusted: true, path })
    expect(judge(join(root, 'linked'))).toMatchObject({ trusted: true, path })
  })

  it.each([
    ['others may write it', 0o757, 'writable'],
    ['its group may write it', 0o775, 'writable'],
    ['it can’t be run', 0o644, 'not-a-program'],
  ] as const)('is not trusted where %s', async (_what, mode, why) => {
    expect(judge(await program('git', mode))).toMatchObject({ trusted: false, why })
  })

  it('is not trusted in a folder that others may change, unless each only their own there', async () => {
    await mkdir(join(root, 'open/inner'), { recursive: true })
    const path = await program('open/inner/git')
    await chmod(join(root, 'open'), 0o777)
    expect(judge(path)).toEqual({ trusted: false, why: 'folder-writable', at: join(root, 'open') })
    await symlink(path, join(root, 'linked'))
    expect(judge(join(root, 'linked'))).toMatchObject({ why: 'folder-writable' })
    // A link of others to a program that is all right leads elsewhere tomorrow.
    await symlink(await program('good'), join(root, 'open/good'))
    expect(judge(join(root, 'open/good'))).toMatchObject({ why: 'folder-writable' })
    await chmod(join(root, 'open'), 0o1777)
    expect(judge(path)).toMatchObject({ trusted: true })
  })

  it.skipIf(process.getuid?.() !== 0)(
    'is not trusted where it, or a folder above it, is another person’s',
    async () => {
      const path = await program('git')
      await chown(path, 12_345, 12_345)
      expect(judge(path)).toMatchObject({ why: 'foreign-owner' })
      expect(judgeProgram(path, { foreignFolders: [], user: 54_321 })).toMatchObject({ trusted: false })
      await mkdir(join(root, 'theirs'))
      const inner = await program('theirs/git')
      await chown(join(root, 'theirs'), 12_345, 12_345)
      expect(judge(inner)).toMatchObject({ why: 'folder-writable' })
    },
  )

  it('is not trusted in a cloned folder, by whatever way it is named', async () => {
    await mkdir(join(root, 'clone/bin'), { recursive: true })
    const path = await program('clone/bin/git')
    await symlink(join(root, 'clone'), join(root, 'other-name'))
    await symlink(path, join(root, 'linked'))
    for (const name of [
      path,
      join(root, 'other-name/bin/git'),
      join(root, 'linked'),
      join(root, 'clone/bin/../bin/git'),
    ]) {
      for (const folder of ['clone', 'other-name'])
        expect(judge(name, [join(root, folder)])).toMatchObject({ trusted: false, why: 'cloned' })
    }
    expect(judge(path, [join(root, 'clone-2')])).toMatchObject({ trusted: true })
  })

  it('is another one when the file is replaced or changed', async () => {
    const path = await program('git')
    const before = judge(path)
    expect(judge(path)).toEqual(before)
    await writeFile(path, '#!/bin/sh\necho other\n')
    const changed = judge(path)
    expect(changed).not.toEqual(before)
    await link(path, join(root, 'copy'))
    await rename(await program('next'), path)
    expect(judge(path)).not.toEqual(changed)
  })

  it('is a file', async () => {
    await mkdir(join(root, 'git'))
    expect(judge(join(root, 'git'))).toMatchObject({ why: 'not-a-program' })
    expect(judge(join(root, 'none'))).toMatchObject({ why: 'missing' })
    expect(judge('/dev/null')).toMatchObject({ trusted: false })
  })
})

it('on Windows has a name that ends in .exe, on this computer', async () => {
  const path = await program('git.cmd')
  const rules = { platform: 'win32', user: null, foreignFolders: [] } as const
  expect(judgeProgram(path, rules)).toMatchObject({ why: 'not-a-program' })
  expect(judgeProgram('\\\\server\\share\\git.exe', rules)).toMatchObject({ why: 'not-a-program' })
  expect(judgeProgram('//server/share/git.exe', rules)).toMatchObject({ why: 'not-a-program' })
})

describe.skipIf(process.platform === 'win32')('the search path', () => {
  it('leaves out what is relative, empty, missing or open to others', async () => {
    for (const [name, mode] of [
      ['good', 0o755],
      ['open', 0o777],
      ['sticky', 0o1777],
      ['parent', 0o777],
    ] as const) {
      await mkdir(join(root, name, 'bin'), { recursive: true })
      await chmod(join(root, name), mode)
    }
    const entries = ['', '.', 'bin', '../bin', join(root, 'none'), join(root, 'open'), join(root, 'sticky')]
    const path = [...entries, join(root, 'parent/bin'), join(root, 'good')].join(delimiter)
    expect(safeSearchPath(path)).toBe(join(root, 'good'))
  })
})
