import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes that a folder takes on the disk: whole blocks where the system tells them, else file sizes. Links are not followed. */
export const diskSize = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { withFileTypes: true })
  let total = 0
  for (const entry of entries) {
    const path = join(folder, entry.name)
    const { blocks, size } = await lstat(path)
    total += blocks === undefined || process.platform === 'win32' ? size : blocks * 512
    if (entry.isDirectory()) total += await diskSize(path)
  }
  return total
}
