import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../src-preload/contract/outcome'
import type { Secret } from '../credentials/secret'
import { makePrivateFolder } from './private-folder'

/** An ssh-agent of our own that holds one key for one operation. */
export interface PrivateAgent {
  readonly socket: string
  /** A folder, 0700, that goes with the agent: for the public half and the known hosts of this call. */
  readonly folder: string
  close(): Promise<void>
}

const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8' })

/** What the agent runs: it says the agent's number, and ends when our end of its pipe does. */
const watchman = 'echo "$SSH_AGENT_PID"; exec cat'

/**
 * Starts an agent and hands it the key over a pipe: the private half never touches a disk, an argument or an environment.
 * The agent runs a command on a pipe from us and looks every ten seconds whether that still lives, so it goes even after
 * we were killed; where we can, we end it ourselves.
 * @throws Failure `key-unreadable`, `passphrase-wrong`, `unexpected`
 */
export const startPrivateAgent = async (privateKey: Secret): Promise<PrivateAgent> => {
  const folder = await makePrivateFolder()
  const socket = join(folder, 'agent')
  const agent = spawn('ssh-agent', ['-a', socket, 'sh', '-c', watchman], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: environment(),
  })
  let number: number | null = null
  const close = async () => {
    if (number !== null) end(number)
    agent.stdin?.destroy()
    if (agent.exitCode === null && agent.signalCode === null) {
      agent.kill('SIGTERM')
      await once(agent, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    number = await answering(agent)
    await addKey(socket, privateKey)
    return { socket, folder, close }
  } catch (error) {
    await close()
    throw error
  }
}

const end = (number: number): void => {
  try {
    process.kill(number, 'SIGTERM')
  } catch {
    // It is gone already.
  }
}

/** The agent's number, said once it has bound its socket. */
const answering = (agent: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    let said = ''
    agent.once('error', (cause) => reject(new Failure('unexpected', { where: 'ssh-agent' }, { cause })))
    agent.once('exit', () => reject(new Failure('unexpected', { where: 'ssh-agent' })))
    agent.stdin?.on('error', () => undefined)
    agent.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const [, number] = /^(\d+)\n/.exec(said) ?? []
      if (number !== undefined) resolve(Number(number))
    })
  })

const addKey = async (socket: string, privateKey: Secret): Promise<void> => {
  const child = spawn('ssh-add', ['-q', '-t', '3600', '-'], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // Without an askpass program and a terminal, a passphrase can only be refused, never asked for.
    env: { ...environment(), SSH_AUTH_SOCK: socket, SSH_ASKPASS: '/bin/false', SSH_ASKPASS_REQUIRE: 'force' },
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 2000)
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(`${privateKey.reveal().trimEnd()}\n`)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === 0) return
  throw /passphrase/i.test(complaint)
    ? new Failure('passphrase-wrong')
    : new Failure('key-unreadable', { reason: 'agent' })
}
