import { Failure } from '../../src-preload/contract/outcome'
import type { Clock } from '../clock'
import { orCancelled } from './or-cancelled'
import type { SshSession } from './session'
import { ChannelRefused } from './session-channel'

/** How many channels one connection to a server carries at once. It is learned, so it is shared by all pools of a place. */
export interface ChannelLimit {
  channels: number
}

/** Connections to one server that share the commands which run there; each is opened when the others are full. */
export interface SessionPool extends Pick<SshSession, 'exec'> {
  /** Resolves when there is a connection. @throws Failure why there is none, `cancelled` */
  ready(signal?: AbortSignal): Promise<void>
  /** Ends all connections, and what waits for one; no more are opened. */
  close(): void
  /** The same without a word to the server. */
  destroy(): void
}

export interface SessionPoolParts {
  readonly connect: () => Promise<SshSession>
  /** For the facts of failures. */
  readonly host: string
  readonly limit: ChannelLimit
  /** Connections at most; commands beyond what they carry wait. */
  readonly most: number
  /** Whether a command is run again when a connection turns out to be dead that was good before. */
  readonly again: boolean
  /** An unused connection is kept this long, in ms. */
  readonly idleMs: number
  readonly clock: Pick<Clock, 'after'>
}

interface Line {
  readonly session: Promise<SshSession>
  /** Commands on it. */
  users: number
  /** Until it is logged in. */
  connecting: boolean
  /** Whether anything ever succeeded on it. */
  proved: boolean
  /** Refusals with no channel open, one after the other. */
  refusals: number
  /** It gets no more commands, and ends with the last one on it. */
  retired: boolean
  rest: (() => void) | null
}

/** A command that waits for a channel. */
interface Waiting {
  begin(line: Line): void
  refuse(error: unknown): void
}

const isClosed = (error: unknown): boolean => error instanceof Failure && error.code === 'connection-closed'

/** @see SessionPool */
export const createSessionPool = (parts: SessionPoolParts): SessionPool => {
  const { limit, clock } = parts
  let lines: readonly Line[] = []
  /** With those that get no more commands. */
  const all = new Set<Line>()
  /** Commands that wait for a channel, in their order. */
  let waiting: readonly Waiting[] = []
  let closed = false
  const over = () => new Failure('connection-closed', { host: parts.host })

  /** One connection is opened after the other: a server refuses many logins at once (sshd_config(5), MaxStartups). */
  const mayOpen = () => lines.length < parts.most && !lines.some(({ connecting }) => connecting)
  const free = (): Line | null => {
    const line = lines.find(({ users }) => users < limit.channels) ?? (mayOpen() ? open() : undefined)
    if (line === undefined) return null
    line.rest?.()
    line.rest = null
    line.users += 1
    return line
  }
  const serve = () => {
    for (let [next] = waiting; next !== undefined; [next] = waiting) {
      const line = free()
      if (line === null) return
      waiting = waiting.slice(1)
      next.begin(line)
    }
  }
  const refuseAll = (error: unknown) => {
    const refused = waiting
    waiting = []
    for (const { refuse } of refused) refuse(error)
  }
  const leave = (line: Line, act: (session: SshSession) => void) => {
    retire(line)
    line.rest?.()
    void line.session.then(act, () => undefined)
  }
  const retire = (line: Line) => {
    line.retired = true
    lines = lines.filter((other) => other !== line)
    serve()
  }
  const open = (): Line => {
    const session = parts.connect()
    const line: Line = { session, users: 0, connecting: true, proved: false, refusals: 0, retired: false, rest: null }
    lines = [...lines, line]
    all.add(line)
    const gone = () => {
      all.delete(line)
      retire(line)
    }
    session.then(
      ({ ended }) => {
        line.connecting = false
        void ended.then(gone)
        serve()
      },
      (error: unknown) => {
        // What waits for a further connection gets the same answer; each on its own would ask the server once more.
        refuseAll(error)
        gone()
      },
    )
    return line
  }
  const take = (signal: AbortSignal | undefined): Promise<Line> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Failure('cancelled'))
      if (closed) return reject(over())
      const cancel = () => {
        waiting = waiting.filter((other) => other !== one)
        reject(new Failure('cancelled'))
      }
      const settled = () => signal?.removeEventListener('abort', cancel)
      const one: Waiting = {
        begin: (line) => {
          settled()
          resolve(line)
        },
        refuse: (error) => {
          settled()
          reject(error)
        },
      }
      signal?.addEventListener('abort', cancel, { once: true })
      waiting = [...waiting, one]
      serve()
    })
  const give = (line: Line) => {
    line.users -= 1
    if (line.users === 0) rest(line)
    serve()
  }
  const rest = (line: Line) => {
    const end = () => leave(line, (session) => session.close())
    if (line.retired) end()
    else line.rest = clock.after(parts.idleMs, end)
  }
  /** @throws Failure `shell-refused` when a connection gets no channel at all */
  const learn = (line: Line, { open: channels, left, had }: ChannelRefused): void => {
    if (left > 0) {
      // The server may still count what was left here, so this shows no number; another connection has none of it.
      retire(line)
      return
    }
    if (channels > 0) {
      limit.channels = Math.min(limit.channels, channels)
      return
    }
    if (!had) throw new Failure('shell-refused', { host: parts.host, why: 'no-channel' })
    // A server may count a command for a moment longer than we do.
    line.refusals += 1
    if (line.refusals > 1) retire(line)
  }

  const end = (act: (session: SshSession) => void) => {
    closed = true
    refuseAll(over())
    for (const line of all) leave(line, act)
  }
  const connected = ({ session }: Line, signal: AbortSignal | undefined) =>
    signal === undefined ? session : orCancelled(session, signal)

  return {
    ready: async (signal) => {
      if (closed) throw over()
      const line = lines[0] ?? open()
      if (line.users === 0 && line.rest === null) rest(line)
      await connected(line, signal)
    },
    exec: async (command, options = {}) => {
      let again = parts.again
      for (;;) {
        const line = await take(options.signal)
        const wasProved = line.proved
        try {
          const session = await connected(line, options.signal)
          const result = await session.exec(command, { ...options, mayBeRefused: true })
          line.proved = true
          line.refusals = 0
          return result
        } catch (error) {
          if (error instanceof ChannelRefused) {
            learn(line, error)
            continue
          }
          if (isClosed(error)) retire(line)
          if (!isClosed(error) || !again || !wasProved || options.signal?.aborted === true) throw error
          again = false
        } finally {
          give(line)
        }
      }
    },
    close: () => end((session) => session.close()),
    destroy: () => end((session) => session.destroy()),
  }
}
