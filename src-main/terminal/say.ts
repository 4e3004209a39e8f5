import { writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import type { Reply } from './answer'
import type { Command } from './command-line'

/** Writes at once, by number: a thread has no streams that flush at its end. */
export const print = (to: 1 | 2, text: string): void => {
  if (text !== '') writeSync(to, text)
}

/** Prints the reply to a command. @returns the exit code */
export const say = (command: Command, reply: Reply): number => {
  // Git reads from a pipe; a password on a screen, in a scrollback or a recording is nobody's wish.
  if (command.kind === 'credential' && reply.output !== '' && isatty(1)) {
    print(2, 'cloudaipilot: a login is told to git only, not to a terminal\n')
    return 1
  }
  print(1, reply.output)
  if (reply.complaint !== '') print(2, `cloudaipilot: ${reply.complaint}\n`)
  return reply.code
}
