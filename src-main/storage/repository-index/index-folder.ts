import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const manifest = 'index.json'
const lastView = 'view.json'

/** A part of an index: its file's name, and its content if it has to be written. */
export interface IndexPart {
  readonly name: string
  readonly content: (() => unknown) | null
}

/**
 * Files of a local index, one folder an account, in parts small enough to be parsed without being noticed. A cache: what
 * can't be read is absent and comes again from the network, so that nothing here needs a sync of the disk.
 */
export interface IndexFolder {
  /** Accounts that have an index. */
  list(): Promise<readonly string[]>
  /** The parsed content of a file, or null when it isn't there, isn't whole or isn't JSON. */
  read(accountId: string, name?: string): Promise<unknown>
  /** Replaces the index: new parts first, then the list of them, then unused files go. A kill leaves the old or the new one. */
  write(accountId: string, index: { readonly facts: object; readonly parts: readonly IndexPart[] }): Promise<void>
  remove(accountId: string): Promise<void>
  /** What the list showed last, for the first page of the next start. */
  writeView(view: object): Promise<void>
  removeView(): Promise<void>
}

/** Names that are safe as names of files. */
const safe = /^[A-Za-z0-9][A-Za-z0-9-]{0,80}$/

export const createIndexFolder = (folder: string): IndexFolder => {
  const home = (accountId: string): string => {
    if (!safe.test(accountId)) throw new RangeError('An account has an identifier that is no name of a folder')
    return join(folder, accountId)
  }
  const replace = async (path: string, content: unknown) => {
    const temporary = `${path}.tmp`
    await writeFile(temporary, JSON.stringify(content), { mode: 0o600 })
    await rename(temporary, path)
  }

  return {
    list: async () => {
      try {
        return (await readdir(folder)).filter((name) => safe.test(name))
      } catch {
        // No folder yet: no index yet.
        return []
      }
    },
    read: async (accountId, name) => {
      try {
        if (name !== undefined && !safe.test(name)) return null
        const path = join(home(accountId), name === undefined ? manifest : `${name}.json`)
        return JSON.parse(await readFile(path, 'utf8'))
      } catch {
        return null
      }
    },
    write: async (accountId, { facts, parts }) => {
      const own = home(accountId)
      await mkdir(own, { recursive: true, mode: 0o700 })
      for (const { name, content } of parts) {
        if (content !== null) await replace(join(own, `${name}.json`), content())
      }
      await replace(join(own, manifest), { ...facts, parts: parts.map(({ name }) => name) })
      const used = new Set([manifest, ...parts.map(({ name }) => `${name}.json`)])
      for (const name of await readdir(own)) if (!used.has(name)) await rm(join(own, name), { force: true })
    },
    writeView: async (view) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await replace(join(folder, lastView), view)
    },
    removeView: () => rm(join(folder, lastView), { force: true }),
    remove: (accountId) => rm(home(accountId), { recursive: true, force: true }),
  }
}
