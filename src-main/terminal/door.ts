import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { number, object, parse, string, unknown } from 'valibot'
import { byteLines } from '../lines/byte-lines'
import type { Answer, Reply, Request } from './answer'
import { readCommandLine } from './command-line'
import { doorPlace } from './door-place'
import { serveGit } from './git-door'

const Question = object({ key: string(), words: unknown(), input: string(), unlockMs: number() })
const Answered = object({ code: number(), output: string(), complaint: string() })

/** Longest line in either direction, in bytes. */
const longestLineBytes = 4 * 1024 * 1024

/** Reads one line from a socket; what follows it is nobody's. */
const readLine = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let size = 0
    const lines = byteLines(({ text }) => resolve(text), { longestBytes: longestLineBytes })
    socket.on('data', (chunk: Buffer) => {
      size += chunk.length
      lines.push(chunk)
      if (lines.endedBytes() === 0 && size > longestLineBytes) socket.destroy(new Error('too long'))
    })
    socket.on('error', reject)
    for (const over of ['end', 'close']) socket.on(over, () => reject(new Error('closed')))
  })

/** Serves callers at a path. @returns what closes it */
const listen = async (path: string, serve: (socket: Socket) => Promise<void>): Promise<() => void> => {
  // Only one copy runs on a profile, so what is there was left by one that was killed.
  if (process.platform !== 'win32') await rm(path, { force: true })
  const sockets = new Set<Socket>()
  // git says that it has said all, and waits for the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    serve(socket).catch(() => socket.destroy())
  })
  server.listen(path)
  await once(server, 'listening')
  if (process.platform !== 'win32') await chmod(path, 0o600)
  return () => {
    for (const socket of sockets) socket.destroy()
    if (server.listening) server.close()
  }
}

/**
 * Lets the terminal ask the running app, and nobody but this person: the socket is in a folder of theirs, and as a
 * named pipe of Windows is open to everybody, a caller first shows a word from a file of theirs.
 * @returns what closes it
 */
export const openDoor = async (profile: string, answer: Answer): Promise<() => Promise<void>> => {
  const place = doorPlace(profile)
  await mkdir(place.folder, { recursive: true, mode: 0o700 })
  await chmod(place.folder, 0o700)
  const key = randomBytes(32).toString('hex')
  await writeFile(place.key, key, { mode: 0o600 })
  const serve = async (socket: Socket) => {
    const question = parse(Question, JSON.parse(await readLine(socket)))
    const given = Buffer.from(question.key)
    if (given.length !== key.length || !timingSafeEqual(given, Buffer.from(key))) return void socket.destroy()
    const words = Array.isArray(question.words) ? question.words.filter((word) => typeof word === 'string') : []
    const reply = await answer({ ...readCommandLine(words), input: question.input, unlockMs: question.unlockMs })
    socket.end(`${JSON.stringify(reply)}\n`)
  }
  const closeSocket = await listen(place.socket, serve)
  const closeGit = place.git === null ? () => {} : await listen(place.git, (socket) => serveGit(socket, answer))
  return async () => {
    closeSocket()
    closeGit()
    await rm(place.key, { force: true })
  }
}

/** Asks the running app; null when none runs on this profile. @param words the command line, as it was typed */
export const knock = async (
  profile: string,
  words: readonly string[],
  { input, unlockMs }: Pick<Request, 'input' | 'unlockMs'>,
): Promise<Reply | null> => {
  const place = doorPlace(profile)
  try {
    const key = await readFile(place.key, 'utf8')
    const socket = connect(place.socket)
    socket.write(`${JSON.stringify({ key, words, input, unlockMs })}\n`)
    const line = await readLine(socket)
    socket.destroy()
    return parse(Answered, JSON.parse(line))
  } catch {
    return null
  }
}
