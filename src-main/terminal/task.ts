import type { AloneParts } from './alone'

/** What the thread of a terminal command is given. */
export interface Task extends AloneParts {
  /** The command line, as it was typed. */
  readonly words: readonly string[]
  /** What came on the standard input, where that is part of the command. */
  readonly input: string
  /** How long the running app's vault may take to open, in ms. */
  readonly unlockMs: number
  /** `ask` the running app, or answer `alone`, in its place. */
  readonly phase: 'ask' | 'alone'
  /** What git is told to ask for logins. */
  readonly helpers: readonly string[]
  /** Three numbers: 1 when it is over; the exit code; 1 while the keychain is asked. */
  readonly over: Int32Array
}

/** Exit code of the phase `ask` when the app does not run; no command has it. */
export const nobodyThere = 255
