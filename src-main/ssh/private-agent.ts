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

/**
 * Starts an agent and hands it the key over a pipe: the private half never touches a disk, an argument or an environment.
 * The agent runs `cat` on a pipe from us and ends with it, so it is gone as soon as we are, even after a kill.
 * @throws Failure `key-unreadable`, `passphrase-wrong`, `unexpected`
 */
export const startPrivateAgent = async (privateKey: Secret): Promise<PrivateAgent> => {
  const folder = await makePrivateFolder()
  const socket = join(folder, 'agent')
  const agent = spawn('ssh-agent', ['-a', socket, 'cat'], { stdio: ['pipe', 'pipe', 'ignore'], env: environment() })
  const close = async () => {
    agent.stdin?.destroy()
    if (agent.exitCode === null && agent.signalCode === null) {
      agent.kill('SIGTERM')
      await once(agent, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await answering(agent)
    await addKey(socket, privateKey)
    return { socket, folder, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** `cat` echoes one byte once the agent has started it, which it does after binding its socket. */
const answering = async (agent: ChildProcess): Promise<void> => {
  await new Promise<void>((resolve, reject) => {
    agent.once('error', (cause) => reject(new Failure('unexpected', { where: 'ssh-agent' }, { cause })))
    agent.once('exit', () => reject(new Failure('unexpected', { where: 'ssh-agent' })))
    agent.stdout?.once('data', () => resolve())
    agent.stdin?.on('error', () => undefined)
    agent.stdin?.write('\n')
  })
}

const addKey = async (socket: string, privateKey: Secret): Promise<void> => {
  const child = spawn('ssh-add', ['-q', '-t', '3600', '-'], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // Without an askpass program and a terminal, a passphrase can only be refused, never asked for.
    env: { ...environment(), SSH_AUTH_SOCK: socket, SSH_ASKPASS: '/bin/false', SSH_ASKPASS_REQUIRE: 'force' },
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text.slice(0, 2000)
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(`${privateKey.reveal().trimEnd()}\n`)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === 0) return
  throw /passphrase/i.test(complaint)
    ? new Failure('passphrase-wrong')
    : new Failure('key-unreadable', { reason: 'agent' })
}
