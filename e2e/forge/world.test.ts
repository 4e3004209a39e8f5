import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runningClock } from './clock'
import type { Repository } from './entities'
import { emptyWorld, type World } from './world'

const root = await mkdtemp(join(tmpdir(), 'forge-world-'))
afterAll(() => rm(root, { recursive: true }))

let world: World
let gone: Repository[]
beforeEach(async () => {
  gone = []
  world = emptyWorld(await mkdtemp(join(root, 'w-')), runningClock(), (repository) => gone.push(repository))
  world.addPerson({ login: 'ada' })
  world.addPerson({ login: 'grace' })
  world.addOrganization({ login: 'top', members: { ada: 'admin' } })
  world.addOrganization({ login: 'sub', parent: 'top', members: { grace: 'read' } })
})

describe('the world of a forge', () => {
  it('gives roles by owner, by group above and by invitation, the strongest of them', () => {
    const row = world.addRepository({ owner: 'top/sub', name: 'x', collaborators: { grace: 'write' } })
    expect(world.role(world.person('ada'), row)).toBe('admin')
    expect(world.role(world.person('grace'), row)).toBe('write')
    expect(world.role(null, row)).toBeNull()
    expect(world.role(null, world.addRepository({ owner: 'ada', name: 'open', private: false }))).toBe('read')
  })

  it('follows renames and transfers until the old name is taken again', () => {
    const row = world.addRepository({ owner: 'ada', name: 'one' })
    world.rename(row, 'two')
    world.transfer(row, 'top')
    expect(world.findRepository('TOP/Two')).toBe(row)
    expect(world.formerly('ada/one')).toBe(row)
    expect(world.formerly('ada/two')).toBe(row)
    const next = world.addRepository({ owner: 'ada', name: 'one' })
    expect(world.formerly('ada/one')).toBeNull()
    expect(next.id).toBeGreaterThan(row.id)
  })

  it('makes the same rows of the same seed', () => {
    const other = emptyWorld(root, runningClock(), () => undefined)
    other.addPerson({ login: 'ada' })
    for (const one of [world, other]) one.seed({ repositories: 100, owners: ['ada'] })
    const names = (one: World) => one.repositories().map((row) => [row.name, row.private, row.language])
    expect(names(world)).toEqual(names(other))
    expect(new Set(world.repositories().map((row) => row.name)).size).toBe(100)
    expect(world.repositoriesOf(world.person('ada'))).toHaveLength(100)
  })

  it('holds real commits, modes and submodules', async () => {
    const pinned = 'a'.repeat(40)
    const row = await world.createRepository({
      owner: 'ada',
      name: 'rich',
      files: {
        'run.sh': { content: '#!/bin/sh\n', mode: '100755' },
        'a "b".txt': 'quoted\n',
        lib: { submodule: pinned },
      },
      commits: [{ message: 'On a branch\n', branch: 'topic', files: { t: 't' } }],
      branches: ['release/1'],
    })
    expect((await world.git.branches(row)).map(({ name }) => name)).toEqual(['main', 'release/1', 'topic'])
    const tree = await world.git.run(row, ['ls-tree', 'main'])
    expect(tree).toContain(`160000 commit ${pinned}\tlib`)
    expect(tree).toMatch(/100755 blob \w+\trun\.sh/)
    expect(await world.git.run(row, ['show', 'main:a "b".txt'])).toBe('quoted\n')
    const hash = await world.commit(row, { message: 'Next\n', files: { n: 'n' }, remove: ['run.sh'] })
    expect((await world.git.run(row, ['rev-list', '--count', hash])).trim()).toBe('2')
    expect(await world.git.run(row, ['ls-tree', '--name-only', hash])).not.toContain('run.sh')
  })

  it('empties and deletes', async () => {
    const row = await world.createRepository({ owner: 'ada', name: 'doomed', commits: 3 })
    await world.empty(row)
    expect(await world.git.branches(row)).toEqual([])
    await world.commit(row, { message: 'Anew\n', files: { a: 'a' } })
    expect(row.empty).toBe(false)
    await world.delete(row)
    expect(gone).toEqual([row])
    expect(world.repositoryById(row.id)).toBeNull()
    expect(world.formerly('ada/doomed')).toBeNull()
  })

  it('refuses owners and people that do not exist', () => {
    expect(() => world.addRepository({ owner: 'nobody', name: 'x' })).toThrow(/no account nobody/)
    expect(() => world.person('top')).toThrow(/not a person/)
  })
})
