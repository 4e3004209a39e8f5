import { spawnSync } from 'node:child_process'
import { writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { workerData } from 'node:worker_threads'
import type { Reply } from './answer'
import { type Command, readCommandLine } from './command-line'
import { helperSetting } from './credential-setting'
import { knock } from './door'
import { nobodyThere, type Task } from './task'

// A thread of its own, since Electron's main loop does not run without a display, and a command needs none: the first
// thread waits for this one. Output is written at once, by number, as the thread has no streams that flush at its end.

const print = (to: 1 | 2, text: string) => {
  if (text !== '') writeSync(to, text)
}

/** git's own clone, asking us for the login as it would by itself. */
const clone = (url: string, folder: string | null, helper: readonly string[]): number => {
  const settings = ['credential.helper=', `credential.helper=${helperSetting(helper)}`, 'credential.useHttpPath=true']
  const args = [
    ...settings.flatMap((setting) => ['-c', setting]),
    'clone',
    '--',
    url,
    ...(folder === null ? [] : [folder]),
  ]
  const { status, error } = spawnSync('git', args, { stdio: 'inherit' })
  if (error !== undefined) print(2, 'cloudaipilot: git-missing\n')
  return status ?? 1
}

const isAddress = (what: string): boolean => /^(https?|ssh):\/\/|^[\w.-]+@[\w.-]+:/i.test(what)

const say = (command: Command, reply: Reply): number => {
  // Git reads from a pipe; a password on a screen, in a scrollback or a recording is nobody's wish.
  if (command.kind === 'credential' && reply.output !== '' && isatty(1)) {
    print(2, 'cloudaipilot: a login is told to git only, not to a terminal\n')
    return 1
  }
  print(1, reply.output)
  if (reply.complaint !== '') print(2, `cloudaipilot: ${reply.complaint}\n`)
  return reply.code
}

const run = async ({ phase, words, input, helper, ...parts }: Task): Promise<number> => {
  const { command, json } = readCommandLine(words)
  if (command.kind === 'clone' && isAddress(command.what)) return clone(command.what, command.folder, helper)
  const asked = async () =>
    (await import('./alone')).openAlone(parts).then((answer) => answer({ command, json, input }))
  const reply = phase === 'ask' ? await knock(parts.profile, words, { input }) : await asked()
  if (reply === null) return nobodyThere
  if (command.kind === 'clone' && reply.code === 0) return clone(reply.output, command.folder, helper)
  return say(command, reply)
}

const end = (code: number) => {
  const { over } = workerData as Task
  Atomics.store(over, 1, code)
  Atomics.store(over, 0, 1)
  Atomics.notify(over, 0)
}

run(workerData as Task).then(end, () => {
  print(2, 'cloudaipilot: storage-failed\n')
  end(1)
})
