import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { number, object, parse, string, unknown } from 'valibot'
import type { Answer, Reply, Request } from './answer'
import { readCommandLine } from './command-line'

/** Where the running app listens for the terminal, and the word that proves that a caller may read this person's files. */
interface Place {
  readonly folder: string
  readonly socket: string
  readonly key: string
}

/** Longest path of a Unix socket that every system takes, in bytes (unix(7)). */
const longestPath = 100

const placeIn = (profile: string): Place => {
  const folder = join(profile, 'terminal')
  const near = join(folder, 'socket')
  const name = createHash('sha256').update(profile).digest('hex').slice(0, 32)
  const far = join(process.env.XDG_RUNTIME_DIR ?? folder, `cloudaipilot-${name}`)
  const path = Buffer.byteLength(near) > longestPath ? far : near
  return {
    folder,
    socket: process.platform === 'win32' ? `\\\\.\\pipe\\cloudaipilot-${name}` : path,
    key: join(folder, 'key'),
  }
}

const Question = object({ key: string(), words: unknown(), input: string() })
const Answered = object({ code: number(), output: string(), complaint: string() })

/** Longest line in either direction, in characters. */
const longestLine = 4 * 1024 * 1024

/** Reads one line from a socket; what follows it is nobody's. */
const readLine = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (more: string) => {
      text += more
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
      else if (text.length > longestLine) socket.destroy(new Error('too long'))
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('closed')))
  })

/**
 * Lets the terminal ask the running app, and nobody but this person: the socket is in a folder of theirs, and as a
 * named pipe of Windows is open to everybody, a caller first shows a word from a file of theirs.
 * @returns what closes it
 */
export const openDoor = async (profile: string, answer: Answer): Promise<() => Promise<void>> => {
  const place = placeIn(profile)
  await mkdir(place.folder, { recursive: true, mode: 0o700 })
  await chmod(place.folder, 0o700)
  const key = randomBytes(32).toString('hex')
  await writeFile(place.key, key, { mode: 0o600 })
  // Only one copy runs on a profile, so what is there was left by one that was killed.
  if (process.platform !== 'win32') await rm(place.socket, { force: true })
  const sockets = new Set<Socket>()
  const serve = async (socket: Socket) => {
    const question = parse(Question, JSON.parse(await readLine(socket)))
    const given = Buffer.from(question.key)
    if (given.length !== key.length || !timingSafeEqual(given, Buffer.from(key))) return void socket.destroy()
    const words = Array.isArray(question.words) ? question.words.filter((word) => typeof word === 'string') : []
    const reply = await answer({ ...readCommandLine(words), input: question.input })
    socket.end(`${JSON.stringify(reply)}\n`)
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(socket).catch(() => socket.destroy())
  })
  server.listen(place.socket)
  await once(server, 'listening')
  if (process.platform !== 'win32') await chmod(place.socket, 0o600)
  return async () => {
    for (const socket of sockets) socket.destroy()
    if (server.listening) server.close()
    await rm(place.key, { force: true })
  }
}

/** Asks the running app; null when none runs on this profile. @param words the command line, as it was typed */
export const knock = async (
  profile: string,
  words: readonly string[],
  { input }: Pick<Request, 'input'>,
): Promise<Reply | null> => {
  const place = placeIn(profile)
  try {
    const key = await readFile(place.key, 'utf8')
    const socket = connect(place.socket)
    socket.write(`${JSON.stringify({ key, words, input })}\n`)
    const line = await readLine(socket)
    socket.destroy()
    return parse(Answered, JSON.parse(line))
  } catch {
    return null
  }
}
