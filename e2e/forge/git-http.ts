import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Call } from './call'
import type { Repository } from './entities'
import { gitEnvironment } from './git-storage'

/** One line of what a push did: all zeros for a ref that was not there before or is not there now. */
export interface RefUpdate {
  readonly before: string
  readonly after: string
  readonly ref: string
}

/** The part of a repository's address that git itself adds: `info/refs`, `git-upload-pack`, `git-receive-pack`. */
export type GitService = 'git-upload-pack' | 'git-receive-pack'

/** Which service a git request is for, or null when it is for none we serve. */
export function gitService(call: Call, suffix: string): GitService | null {
  const named = suffix === 'info/refs' ? call.query.get('service') : suffix
  return named === 'git-upload-pack' || named === 'git-receive-pack' ? named : null
}

/** Where one push reports what it moved; the hook in the bare repository writes it. */
export const pushReport = (directory: string): string => join(directory, `pushed-${randomUUID()}`)

/** Reads such a report and removes it. Empty when nothing was pushed. */
export async function takePushReport(report: string): Promise<readonly RefUpdate[]> {
  const lines = await readFile(report, 'utf8').catch(() => '')
  await rm(report, { force: true })
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [before = '', after = '', ref = ''] = line.split(' ')
      return { before, after, ref }
    })
}

const cgiEnvironment = (call: Call, directory: string, suffix: string, report: string, user: string) => {
  const header = (name: string): string => String(call.headers[name] ?? '')
  const optional: readonly (readonly [string, string])[] = [
    ['CONTENT_LENGTH', header('content-length')],
    ['HTTP_CONTENT_ENCODING', header('content-encoding')],
    ['GIT_PROTOCOL', header('git-protocol')],
    ['REMOTE_USER', user],
  ]
  return gitEnvironment({
    GIT_PROJECT_ROOT: join(directory, '..'),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${basename(directory)}/${suffix}`,
    REQUEST_METHOD: call.method,
    QUERY_STRING: call.query.toString(),
    CONTENT_TYPE: header('content-type'),
    REMOTE_ADDR: '127.0.0.1',
    FORGE_PUSHED: report,
    ...Object.fromEntries(optional.filter(([, value]) => value !== '')),
  })
}

const writeHead = (call: Call, head: string): void => {
  const lines = head.split(/\r?\n/).map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const
  })
  const status = lines.find(([name]) => name.toLowerCase() === 'status')?.[1]
  call.response.statusCode = status ? Number.parseInt(status, 10) : 200
  for (const [name, value] of lines) if (name && name.toLowerCase() !== 'status') call.response.setHeader(name, value)
}

const HEAD_END = /\r?\n\r?\n/

/** Writes one piece and waits until the connection takes more; a fault may slow it down or end it. */
async function* limited(pieces: AsyncIterable<Buffer>, fault: Call['fault']): AsyncGenerator<Buffer> {
  let left = fault?.cutAfterBytes ?? Number.POSITIVE_INFINITY
  const step = fault?.bytesPerSecond ? Math.max(1, Math.ceil(fault.bytesPerSecond / 20)) : Number.POSITIVE_INFINITY
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length && left > 0; at += step) {
      const part = piece.subarray(at, Math.min(at + step, at + left, piece.length))
      left -= part.length
      yield part
      if (step !== Number.POSITIVE_INFINITY) await wait(50, undefined, { ref: false })
    }
    if (left <= 0) return
  }
}

const stream = async (call: Call, pieces: AsyncIterable<Buffer>): Promise<boolean> => {
  const { response } = call
  let head: Buffer | null = Buffer.alloc(0)
  const write = async (piece: Buffer): Promise<void> => {
    if (piece.length > 0 && !response.write(piece) && !response.destroyed) {
      await Promise.race([once(response, 'drain'), once(response, 'close')])
    }
  }
  for await (const piece of limited(pieces, call.fault)) {
    if (response.destroyed) return false
    if (head === null) {
      await write(piece)
      continue
    }
    head = Buffer.concat([head, piece])
    const end = HEAD_END.exec(head.toString('latin1'))
    if (!end) continue
    writeHead(call, head.subarray(0, end.index).toString('latin1'))
    const rest = head.subarray(end.index + end[0].length)
    head = null
    await write(rest)
  }
  if (head !== null) response.statusCode = 500
  return call.fault?.cutAfterBytes === undefined
}

/**
 * Answers a git request by `git http-backend` (git-http-backend(1)) and streams both ways.
 * Access must have been checked before. Answers the refs that a push moved, once the reply is complete.
 */
export async function serveGit(
  call: Call,
  repository: Repository,
  suffix: string,
  user: string,
): Promise<readonly RefUpdate[]> {
  const directory = await call.forge.world.git.directory(repository)
  const report = pushReport(directory)
  const child = spawn('git', ['http-backend'], {
    env: cgiEnvironment(call, directory, suffix, report, user),
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const ended = once(child, 'close')
  call.request.pipe(child.stdin)
  child.stdin.on('error', () => undefined)
  call.response.on('close', () => child.kill('SIGTERM'))
  const complete = await stream(call, child.stdout)
  if (complete) call.response.end()
  else {
    child.kill('SIGTERM')
    call.response.destroy()
  }
  await ended
  return takePushReport(report)
}
