import { spawnSync } from 'node:child_process'
import { workerData } from 'node:worker_threads'
import { Failure } from '../../src-preload/contract/outcome'
import { readCommandLine } from './command-line'
import { knock } from './door'
import { print, say } from './say'
import { nobodyThere, type Task } from './task'

// A thread of its own, since Electron's main loop does not run without a display, and a command needs none: the first
// thread waits for this one.

/** git's own clone, asking us for the login as it would by itself. */
const clone = (url: string, folder: string | null, helpers: readonly string[]): number => {
  const asked = ['', ...helpers].map((helper) => `credential.helper=${helper}`)
  const settings = [...asked, 'credential.useHttpPath=true']
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

const run = async ({ phase, words, input, unlockMs, helpers, ...parts }: Task): Promise<number> => {
  const { command, json } = readCommandLine(words)
  if (command.kind === 'clone' && isAddress(command.what)) return clone(command.what, command.folder, helpers)
  const asked = async () =>
    (await import('./alone')).openAlone(parts).then((answer) => answer({ command, json, input, unlockMs }))
  const reply = phase === 'ask' ? await knock(parts.profile, words, { input, unlockMs }) : await asked()
  if (reply === null) return nobodyThere
  if (command.kind === 'clone' && reply.code === 0) return clone(reply.output, command.folder, helpers)
  return say(command, reply)
}

const end = (code: number) => {
  const { over } = workerData as Task
  Atomics.store(over, 1, code)
  Atomics.store(over, 0, 1)
  Atomics.notify(over, 0)
}

run(workerData as Task).then(end, (error: unknown) => {
  const { path = '', reason = '' } = error instanceof Failure ? error.facts : {}
  print(2, `cloudaipilot: ${['storage-failed', path, reason].filter((part) => part !== '').join(': ')}\n`)
  end(1)
})
