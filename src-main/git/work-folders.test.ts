import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorkFolders } from './work-folders'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'work-'))
})
afterAll(() => rm(root, { recursive: true }))

it('makes private folders and sweeps only those of processes that ended', async () => {
  const parent = join(root, 'folders')
  const folders = createWorkFolders(parent)
  const mine = await folders.create()
  expect((await stat(mine.path)).mode & 0o777).toBe(0o700)
  for (const name of ['999999999-dead', `${process.pid}-before`, '1-alive', '1-old']) await mkdir(join(parent, name))
  await writeFile(join(parent, '999999999-dead', 'pack'), 'x', { mode: 0o400 })
  await utimes(join(parent, '1-old'), 0, 0)
  await folders.sweep()
  expect((await readdir(parent)).sort()).toEqual(['1-alive', mine.path.split('/').at(-1)].sort())
  await mine.remove()
  expect(await readdir(parent)).toEqual(['1-alive'])
})
