import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GenericSchema, literal, object, parse, unknown } from 'valibot'
import { Failure } from '../../src-preload/contract/outcome'
import { writeDurably } from '../storage/durable-file'
import { requireReadable } from '../storage/profile-folder'
import type { Store } from '../storage/store'

/** The only version that this reader knows; a newer one is the app's own to read. */
const OnDisk = object({ version: literal(1), value: unknown() })

/**
 * One of the app's documents, for a process that runs in the app's place for a moment. It reads what the app would and
 * writes both of its copies, but never mends: what it can't read it leaves to the app. @throws Failure `storage-failed`
 */
export const openFileStore = <T>(
  folder: string,
  name: string,
  schema: GenericSchema<unknown, T>,
  initial: T,
): Store<T> => {
  const path = join(folder, `${name}.json`)
  const load = (): T => {
    if (!existsSync(path)) return initial
    try {
      requireReadable(path)
      return parse(schema, parse(OnDisk, JSON.parse(readFileSync(path, 'utf8'))).value)
    } catch (cause) {
      throw new Failure('storage-failed', { path, reason: 'unreadable' }, { cause })
    }
  }
  let value = load()
  let last: Promise<unknown> = Promise.resolve()
  return {
    read: () => value,
    update: (change) => {
      const written = last.then(async () => {
        value = change(value)
        const content = `${JSON.stringify({ version: 1, value }, null, 2)}\n`
        await writeDurably(join(folder, `${name}.last-good.json`), content)
        await writeDurably(path, content)
        return value
      })
      last = written.catch(() => undefined)
      return written
    },
  }
}
