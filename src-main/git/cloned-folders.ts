import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'

/** Every folder that was ever cloned into: nothing in them is run as a program of this computer. */
export interface ClonedFolders {
  list(): readonly string[]
  /** Resolves when it is on the disk. */
  add(folder: string): Promise<void>
}

const parseLine = (line: string): readonly string[] => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'string' ? [value] : []
  } catch {
    // The end of a line that a crash cut off.
    return []
  }
}

/** Keeps them in a file that only grows, one JSON string a line. @param file in a folder that is there when `add` is called */
export const createClonedFolders = (file: string): ClonedFolders => {
  let known: readonly string[] | null = null
  const list = (): readonly string[] => {
    if (known !== null) return known
    try {
      known = readFileSync(file, 'utf8').split('\n').flatMap(parseLine)
    } catch {
      known = []
    }
    return known
  }
  return {
    list,
    add: async (folder) => {
      if (list().includes(folder)) return
      const handle = await open(file, 'a', 0o600)
      try {
        // A line of its own even behind one that was cut off.
        await handle.write(`\n${JSON.stringify(folder)}\n`)
        await handle.sync()
      } finally {
        await handle.close()
      }
      known = [...list(), folder]
    },
  }
}
