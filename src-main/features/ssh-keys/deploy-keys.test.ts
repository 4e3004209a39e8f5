import { describe, expect, it } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import { memoryStore } from '../../testing/memory-store'
import { createDeployKeys, type DeployKeyRecords } from './deploy-keys'

const key = (id: string) => ({ id, name: id, publicKey: `ssh-ed25519 ${id}` })
const target = { accountId: 'a', repositoryId: '1' }

/** A provider that takes each key for one repository only. */
const setUp = () => {
  const there = new Map<string, { repository: string; id: string; title: string }>()
  const deployKeys = {
    shared: false,
    list: async (repository: { id: string }) =>
      [...there].flatMap(([publicKey, one]) =>
        one.repository === repository.id ? [{ id: one.id, title: one.title, key: publicKey, readOnly: true }] : [],
      ),
    add: async (repository: { id: string }, { title, publicKey }: { title: string; publicKey: string }) => {
      const known = there.get(publicKey)
      if (known !== undefined && known.repository !== repository.id) throw new Failure('conflict')
      const one = known ?? { repository: repository.id, id: String(there.size + 1), title }
      there.set(publicKey, one)
      return { id: one.id, title, key: publicKey, readOnly: true }
    },
    remove: async (_: unknown, id: string) => {
      for (const [publicKey, one] of there) if (one.id === id) there.delete(publicKey)
    },
  }
  const client = { deployKeys, repository: async (id: string) => ({ id, path: `ada/${id}` }) }
  const access = {
    open: () => ({ client }),
    record: () => ({ host: 'https://git.acme.dev' }),
  } as unknown as Parameters<typeof createDeployKeys>[0]['access']
  let changes = 0
  const keys = createDeployKeys({
    store: memoryStore<DeployKeyRecords>([]),
    access,
    now: () => 7,
    changed: () => {
      changes += 1
    },
  })
  return { keys, there, changes: () => changes }
}

describe('deploy keys of this computer', () => {
  it('are added, found for a repository, and taken away again', async () => {
    const { keys, there, changes } = setUp()
    await keys.add(key('one'), target)
    await keys.add(key('one'), target)
    expect(keys.placesOf('one')).toEqual([{ ...target, path: 'ada/1', addedAt: 7 }])
    expect(keys.keyOf('a', '1')).toBe('one')
    expect(keys.keyOf('a', '2')).toBeNull()
    expect(keys.madeBy('a')).toEqual([
      { what: 'deploy-key', name: 'ada/1', repository: { id: '1', path: 'ada/1' }, id: '1' },
    ])
    await keys.remove('one', target)
    expect(there.size).toBe(0)
    expect(keys.placesOf('one')).toEqual([])
    expect(changes()).toBe(3)
  })

  it('say so when another repository has the key', async () => {
    const { keys } = setUp()
    await keys.add(key('one'), target)
    await expect(keys.add(key('one'), { accountId: 'a', repositoryId: '2' })).rejects.toMatchObject({
      code: 'key-in-use',
      facts: { host: 'git.acme.dev' },
    })
    expect(keys.placesOf('one')).toHaveLength(1)
  })

  it('go to the successor before they leave the old key', async () => {
    const { keys, there } = setUp()
    await keys.add(key('old'), target)
    await keys.makeWay('old', 'new')
    expect(there.has('ssh-ed25519 old')).toBe(true)
    await keys.follow('old', key('new'))
    expect([...there.keys()]).toEqual(['ssh-ed25519 old', 'ssh-ed25519 new'])
    expect(keys.keyOf('a', '1')).toBe('new')
    await keys.makeWay('old', 'new')
    expect([...there.keys()]).toEqual(['ssh-ed25519 new'])
    expect(keys.placesOf('old')).toEqual([])
  })

  it('are forgotten with their account', async () => {
    const { keys } = setUp()
    await keys.add(key('one'), target)
    await keys.accountGone('b')
    expect(keys.placesOf('one')).toHaveLength(1)
    await keys.accountGone('a')
    expect(keys.placesOf('one')).toEqual([])
  })
})
