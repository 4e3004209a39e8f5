import type { Client, ClientChannel } from 'ssh2'
import { Failure } from '../../src-preload/contract/outcome'
import { orCancelled } from './or-cancelled'
import type { ExecOptions, ExecResult, SshPlace, SshSession } from './session'

const stderrLimit = 65_536
const usualTimeoutMs = 60_000
/** What a command said may still be on its way when its end is told; silence of this length after that is the end. */
const silenceMs = 3000

/**
 * The server gave no further channel (RFC 4254 section 5.1), most often because of its MaxSessions. The connection and
 * what runs on it are as they were, and nothing of the command has happened.
 */
export class ChannelRefused extends Error {
  override readonly name = 'ChannelRefused'
  /** Channels that were open on this connection when it was refused. */
  readonly open: number
  /** Channels of it that were left before their command had ended: the server counts such a command until it ends. */
  readonly left: number
  /** Whether this connection ever had one. */
  readonly had: boolean
  /** Resolves when one of them has been closed since, or the connection. */
  readonly freed: Promise<void>

  constructor(open: number, left: number, had: boolean, freed: Promise<void>) {
    super('The server refused a channel')
    this.open = open
    this.left = left
    this.had = had
    this.freed = freed
  }
}

/** Refusals with no channel open, after which nothing is asked for again. */
const mostRefusals = 3

/** What is done with a client that has logged in. */
export const sessionOf = (client: Client, { host, port }: SshPlace): SshSession => {
  let alive = true
  /** Numbers of the channels that were asked for, from the question to their end. */
  const held = new Set<number>()
  let asked = 0
  let free = () => {}
  let freed = Promise.resolve()
  /** Each end of a channel resolves one promise and begins the next. */
  const onFreed = () => {
    free()
    freed = new Promise((resolve) => {
      free = resolve
    })
  }
  onFreed()
  let had = false
  let left = 0
  /** What waits for the answer to its question for a channel. */
  const asking = new Set<(failure: Failure) => void>()
  const ended = new Promise<void>((resolve) => {
    client.once('close', () => {
      alive = false
      for (const refuse of asking) refuse(closed())
      asking.clear()
      onFreed()
      resolve()
    })
  })
  // What an error means shows in the command that it ended; an idle connection just ends.
  client.on('error', () => undefined)
  const closed = () => new Failure('connection-closed', { host: `${host}:${port}` })
  const refusal = (error: Error, number: number): Error => {
    // Only the answer to a channel that was asked for has a reason. Answers come in order: those before it are open.
    if ('reason' in error && typeof error.reason === 'number') {
      const open = [...held].filter((other) => other < number).length
      return new ChannelRefused(open, left, had || open > 0, freed)
    }
    if (alive && error.message === 'Unable to exec') return new Failure('shell-refused', { host, why: 'no-commands' })
    return closed()
  }
  const begin = (command: string, options: ExecOptions): Promise<ExecResult> =>
    new Promise((resolve, reject) => {
      if (!alive) return reject(closed())
      if (options.signal?.aborted) return reject(new Failure('cancelled'))
      // Until the channel is there, only the end of the connection can tell.
      asking.add(reject)
      const cancel = () => reject(new Failure('cancelled'))
      options.signal?.addEventListener('abort', cancel, { once: true })
      asked += 1
      const number = asked
      held.add(number)
      client.exec(command, (error, channel) => {
        options.signal?.removeEventListener('abort', cancel)
        asking.delete(reject)
        if (error) {
          held.delete(number)
          const why = refusal(error, number)
          if (!(why instanceof ChannelRefused)) onFreed()
          return reject(why)
        }
        had = true
        let exited = false
        channel.once('exit', () => {
          exited = true
        })
        channel.once('close', () => {
          if (!exited) left += 1
          held.delete(number)
          onFreed()
        })
        // Its caller has left. It closes when what it holds has been read.
        if (options.signal?.aborted) {
          channel.stderr.resume()
          return channel.resume().close()
        }
        follow(channel, options, host).then(resolve, reject)
      })
    })
  return {
    ended,
    alive: () => alive,
    close: () => {
      client.end()
    },
    destroy: () => {
      client.destroy()
    },
    exec: async (command, options = {}) => {
      for (let refusals = 0; ; ) {
        try {
          return await begin(command, options)
        } catch (error) {
          if (!(error instanceof ChannelRefused) || options.mayBeRefused === true) throw error
          // A server may count a command for a moment longer than we do.
          refusals = error.open === 0 ? refusals + 1 : 0
          const { freed: turn } = error
          if (error.open > 0) await (options.signal === undefined ? turn : orCancelled(turn, options.signal))
          if (!error.had || refusals > mostRefusals) throw new Failure('shell-refused', { host, why: 'no-channel' })
        }
      }
    },
  }
}

const follow = (channel: ClientChannel, options: ExecOptions, host: string): Promise<ExecResult> =>
  new Promise((resolve, reject) => {
    const { input, onOutput, timeout = usualTimeoutMs, signal, maxOutput = 16 * 1024 * 1024, isWhole } = options
    const output: Buffer[] = []
    let size = 0
    let stderr = ''
    let code: number | null = null
    let exited = false
    const stop = (failure: Failure) => {
      settle()
      channel.close()
      reject(failure)
    }
    const cancel = () => stop(new Failure('cancelled'))
    const timer = timeout === null ? null : setTimeout(() => stop(new Failure('timed-out', { host })), timeout)
    let silence: NodeJS.Timeout | null = null
    const settle = () => {
      if (timer !== null) clearTimeout(timer)
      if (silence !== null) clearTimeout(silence)
      signal?.removeEventListener('abort', cancel)
    }
    const finish = () => {
      settle()
      resolve({ code, stdout: Buffer.concat(output), stderr })
    }
    /** A program that a start-up file left running may hold the channel open for as long as it lives. */
    const leave = () => {
      finish()
      channel.close()
    }
    const leaveIfWhole = () => {
      if (!exited) return
      if (isWhole?.(Buffer.concat(output), code, stderr) === true) return leave()
      if (silence !== null) clearTimeout(silence)
      silence = setTimeout(leave, silenceMs)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    channel.on('data', (chunk: Buffer) => {
      if (onOutput) {
        onOutput(chunk)
        return leaveIfWhole()
      }
      size += chunk.length
      if (size > maxOutput) return stop(new Failure('bad-answer', { host, why: 'too-large' }))
      output.push(chunk)
      leaveIfWhole()
    })
    channel.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(0, stderrLimit)
      leaveIfWhole()
    })
    channel.on('error', () => undefined)
    channel.once('exit', (status: number | null) => {
      exited = true
      code = typeof status === 'number' ? status : null
      leaveIfWhole()
    })
    channel.once('close', () => {
      // A connection that is cut closes its channels without saying how the command ended.
      if (exited) return finish()
      settle()
      reject(new Failure('connection-closed', { host }))
    })
    channel.end(typeof input === 'string' ? input : Buffer.from(input ?? ''))
  })
