import type { Socket } from 'node:net'
import { longestAttributes, readAttributes } from '../git/credential-attributes'
import type { Answer } from './answer'

/** How long git waits here before it starts the command, in ms: its `credential-cache` waits without limit. */
const longestMs = 2_000

/** Everything that is said before the other side stops talking. */
const readAll = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (more: string) => {
      text += more
      if (text.length > longestAttributes) reject(new Error('too long'))
    })
    socket.on('end', () => resolve(text))
    socket.on('close', () => reject(new Error('closed')))
  })

/**
 * Answers `git credential-cache` (git-credential-cache(1)) as git's own daemon would: an action and a time to keep, each on
 * a line, then the attributes of git-credential(1); the answer is printed as it comes. Git then starts no program of ours,
 * and has its login at once. What the app can't answer now is asked again through the command, which waits for a person and
 * tells the reason.
 */
export const serveGit = async (socket: Socket, answer: Answer): Promise<void> => {
  const said = await readAll(socket)
  const [, action, input] = /^action=(\w+)\n(?:timeout=\d+\n)?([\s\S]*)$/.exec(said) ?? []
  if (action !== 'get' || input === undefined || readAttributes(said) === null) return void socket.end()
  const late = setTimeout(() => socket.end(), longestMs)
  const { code, output } = await answer({ command: { kind: 'credential', action }, json: false, input, unlockMs: 0 })
  clearTimeout(late)
  if (!socket.writableEnded) socket.end(code === 0 ? output : '')
}
