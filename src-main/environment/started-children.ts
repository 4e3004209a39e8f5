import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'

// Chromium starts its zygotes, from which every later process of it is forked, before it runs a line of the app (Chromium,
// docs/linux/zygote.md). They have the whole environment by then, in their memory, and so has each window. What they are not
// to know is overwritten there while they idle, which a program may do with the processes that it started (proc(5), "mem").

/** Bytes; the writable memory of a process that has just started lies in smaller pieces. */
const largestPiece = 64 * 1024 * 1024
/** Milliseconds between two looks at a child that does not run its program yet, and how many there are. */
const pauseMs = 5
const looks = 200
/** How often all of a child's memory is read: until nothing is found, as it may be copying its environment meanwhile. */
const rounds = 5

const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

const childrenOf = (pid: number): readonly number[] => {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  return children.flatMap((child) => [child, ...childrenOf(child)])
}

const commandLine = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'latin1')

/** Waits until a child has left our program behind, which it is a copy of until it runs its own. */
const waitForProgram = (pid: number): void => {
  const ours = commandLine(process.pid)
  for (let look = 0; look < looks && commandLine(pid) === ours; look += 1) sleep(pauseMs)
}

/** Start and length of what a process may write to (proc(5), "maps"). */
const writablePieces = (pid: number): readonly (readonly [start: number, length: number])[] =>
  readFileSync(`/proc/${pid}/maps`, 'latin1')
    .split('\n')
    .flatMap((line) => {
      const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
      const start = Number.parseInt(from, 16)
      const length = Number.parseInt(to, 16) - start
      return length > 0 && length <= largestPiece ? [[start, length] as const] : []
    })

/** Overwrites the values wherever they stand behind their names. @returns how many there were */
const overwrite = (memory: number, pieces: ReturnType<typeof writablePieces>, entries: readonly Entry[]): number => {
  let found = 0
  for (const [start, length] of pieces) {
    const bytes = Buffer.allocUnsafe(length)
    let read = 0
    try {
      read = readSync(memory, bytes, 0, length, start)
    } catch {
      // Mapped and yet not to be read, as a guard page or memory of a device is: no variable stands there.
      continue
    }
    const piece = bytes.subarray(0, read)
    for (const { text, prefix } of entries) {
      for (let at = piece.indexOf(text); at >= 0; at = piece.indexOf(text, at + 1)) {
        writeSync(memory, Buffer.alloc(text.length - prefix), 0, text.length - prefix, start + at + prefix)
        found += 1
      }
    }
  }
  return found
}

export interface Entry {
  /** `NAME=value`. */
  readonly text: Buffer
  /** Bytes up to and with the `=`. */
  readonly prefix: number
}

const clear = (pid: number, entries: readonly Entry[]): void => {
  const memory = openSync(`/proc/${pid}/mem`, 'r+')
  try {
    for (let round = 1; overwrite(memory, writablePieces(pid), entries) > 0; round += 1) {
      if (round === rounds) throw new Error('The environment of a child can’t be cleared')
    }
  } finally {
    closeSync(memory)
  }
}

/**
 * What an environment holds under some names, byte by byte (proc(5), "environ"): a value need not be text, and a name may
 * stand there more than once.
 */
export const entriesOf = (environment: Buffer, names: readonly string[]): readonly Entry[] => {
  const entries: Entry[] = []
  for (let start = 0; start < environment.length; ) {
    const end = environment.indexOf(0, start)
    const text = environment.subarray(start, end < 0 ? environment.length : end)
    const prefix = text.indexOf('=') + 1
    if (prefix < text.length && names.includes(text.toString('utf8', 0, prefix - 1))) entries.push({ text, prefix })
    start += text.length + 1
  }
  return entries
}

/**
 * Overwrites variables in the memory of the processes that Chromium has started already. Elsewhere than on Linux there are
 * none at this moment.
 * @returns whether none of them knows the variables any more; false where the system allows no program to look into another,
 * as with Chromium's set-uid sandbox
 */
export const clearInStartedChildren = (variables: Readonly<Record<string, string>>): boolean => {
  const names = Object.keys(variables)
  const asText = Object.entries(variables).map(([name, value]) => Buffer.from(`${name}=${value}\0`))
  if (process.platform !== 'linux' || names.length === 0) return true
  try {
    // As it was at the start, and as it is.
    const entries = entriesOf(Buffer.concat([readFileSync('/proc/self/environ'), Buffer.alloc(1), ...asText]), names)
    for (const pid of childrenOf(process.pid)) {
      waitForProgram(pid)
      if (commandLine(pid).includes('--type=')) clear(pid, entries)
    }
    return true
  } catch {
    return false
  }
}
