import { Failure } from '../../src-preload/contract/outcome'
import type { Store } from '../storage/store'

/** A store without a disk, whose disk can be filled. */
export interface MemoryStore<T> extends Store<T> {
  /** While set, every `update` is refused like on a full disk. */
  full: boolean
}

/** Keeps the value in memory; `update` is applied one after the other, as on a disk. */
export const memoryStore = <T>(initial: T): MemoryStore<T> => {
  let value = initial
  const store: MemoryStore<T> = {
    full: false,
    read: () => value,
    update: async (change) => {
      if (store.full) throw new Failure('storage-failed', { path: 'memory', reason: 'ENOSPC' })
      value = change(value)
      return value
    },
  }
  return store
}
