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

interface Entry {
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
 * Overwrites variables in the memory of the processes that Chromium has started already. Elsewhere than on Linux there are
 * none at this moment.
 * @returns whether none of them knows the variables any more; false where the system allows no program to look into another,
 * as with Chromium's set-uid sandbox
 */
export const clearInStartedChildren = (variables: Readonly<Record<string, string>>): boolean => {
  const entries = Object.entries(variables).map(([name, value]) => ({
    text: Buffer.from(`${name}=${value}`),
    prefix: Buffer.byteLength(`${name}=`),
  }))
  if (process.platform !== 'linux' || entries.length === 0) return true
  try {
    for (const pid of childrenOf(process.pid)) {
      waitForProgram(pid)
      if (commandLine(pid).includes('--type=')) clear(pid, entries)
    }
    return true
  } catch {
    return false
  }
}
