import { lstat, readdir } from 'node:fs/promises'
import { sep } from 'node:path'

/** A path in a folder, by the bytes of its name: what a repository calls its files need not be UTF-8. */
export const joinBytes = (folder: string | Buffer, name: Buffer): Buffer =>
  Buffer.concat([Buffer.from(folder), Buffer.from(sep), name])

/** Bytes that a folder takes on the disk: whole blocks where the system tells them, else file sizes. Links are not followed. */
export const diskSize = async (folder: string | Buffer): Promise<number> => {
  let total = 0
  for (const name of await readdir(folder, { encoding: 'buffer' })) {
    const path = joinBytes(folder, name)
    const stat = await lstat(path)
    total += stat.blocks === undefined || process.platform === 'win32' ? stat.size : stat.blocks * 512
    if (stat.isDirectory()) total += await diskSize(path)
  }
  return total
}
