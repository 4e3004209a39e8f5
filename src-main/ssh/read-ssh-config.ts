import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { fitsPattern } from './patterns'
import { includesOf } from './ssh-config'

/** Larger than any such file, in bytes; and how deep files may include others (ssh_config(5), Include). */
const largestBytes = 1_000_000
const deepest = 16

const filesLike = (pattern: string): readonly string[] => {
  const name = basename(pattern)
  if (!/[*?]/.test(name)) return [pattern]
  try {
    return readdirSync(dirname(pattern))
      .filter((file) => fitsPattern(name, file))
      .sort()
      .map((file) => join(dirname(pattern), file))
  } catch {
    return []
  }
}

/** The person's own SSH configuration, with what it includes in its place; empty where there is none. */
export const readSshConfig = (home: string, file = join(home, '.ssh', 'config'), depth = 0): string => {
  const text = readSmall(file)
  const place = (pattern: string) =>
    pattern.startsWith('~/')
      ? join(home, pattern.slice(2))
      : isAbsolute(pattern)
        ? pattern
        : join(home, '.ssh', pattern)
  return text
    .split('\n')
    .map((line) => {
      const included = depth < deepest ? includesOf(line) : null
      if (included === null) return line
      return included
        .flatMap((pattern) => filesLike(place(pattern)))
        .map((path) => readSshConfig(home, path, depth + 1))
        .join('\n')
    })
    .join('\n')
}

const readSmall = (file: string): string => {
  try {
    const found = statSync(file)
    // A pipe or a device could keep its reader for ever.
    return found.isFile() && found.size <= largestBytes ? readFileSync(file, 'utf8') : ''
  } catch {
    return ''
  }
}
