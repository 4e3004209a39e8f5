import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Every path below a folder with what it is, links not followed. `skip` leaves out a path and all below it. */
export const folderState = (
  folder: string,
  skip: (path: string) => boolean = () => false,
): Readonly<Record<string, string>> => {
  const state: Record<string, string> = {}
  const walk = (path: string) => {
    for (const name of readdirSync(join(folder, path))) {
      const inner = path === '' ? name : `${path}/${name}`
      if (skip(inner)) continue
      const full = join(folder, inner)
      const stat = lstatSync(full)
      if (stat.isSymbolicLink()) state[inner] = `link to ${readlinkSync(full)}`
      else if (stat.isFile()) state[inner] = createHash('sha256').update(readFileSync(full)).digest('hex')
      else state[inner] = `${stat.isDirectory() ? 'folder' : 'other'} ${(stat.mode & 0o7777).toString(8)}`
      if (stat.isDirectory()) walk(inner)
    }
  }
  walk('')
  return state
}
