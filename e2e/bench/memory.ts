import { readdirSync, readFileSync } from 'node:fs'

const read = (file: string): string => {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    // The process has ended.
    return ''
  }
}

/** A process and all that it started, directly or not. */
export const processTree = (root: number): readonly number[] => {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // The program's name is in brackets and may hold anything; the parent follows the state after the last one.
    const stat = read(`/proc/${name}/stat`)
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

/**
 * Memory of an app in MB: the proportional set size of all its processes, in which a page shared by several of them
 * counts once (proc(5), smaps_rollup).
 */
export const memoryOf = (root: number): number => {
  let kilobytes = 0
  for (const pid of processTree(root)) {
    kilobytes += Number(/^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
  }
  return kilobytes / 1024
}
