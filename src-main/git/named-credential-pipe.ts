import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { longestAttributes, readAttributes } from './credential-attributes'
import { credentialAnswer, type OpenCredentialPipe } from './credential-pipe'

/** Names under which the helper process finds its pipe and proves that it was started by our git. */
export const pipeVariable = 'CLOUDAIPILOT_CREDENTIAL_PIPE'
export const nonceVariable = 'CLOUDAIPILOT_CREDENTIAL_NONCE'

/** How the helper is started and where its pipe is. */
export interface NamedPipeParts {
  /** Program and arguments that run `runCredentialHelper`; git appends the action. */
  readonly helper: readonly string[]
  /** Folder of the pipe: `\\.\pipe\` on Windows, a private folder elsewhere. */
  readonly folder: string
}

/** One word of the shell that git starts helpers with; git for Windows brings one, which wants forward slashes. */
const shellWord = (word: string): string => `'${word.replaceAll('\\', '/').replaceAll("'", `'\\''`)}'`

/**
 * The way for Windows, where a process inherits no further descriptor: git starts our own program as its helper, which asks
 * us over a named pipe. Everybody may read a named pipe there, so the helper must first send a number that only it was
 * given. One right question is answered, for the right origin; then the pipe is closed.
 */
export const namedPipe =
  ({ helper, folder }: NamedPipeParts): OpenCredentialPipe =>
  async (credential) => {
    const answer = credentialAnswer(credential)
    const origin = new URL(credential.origin)
    const nonce = randomBytes(32).toString('hex')
    const path = `${folder}cloudaipilot-${randomBytes(16).toString('hex')}`

    const isOurs = (request: string): boolean => {
      const [given = '', ...lines] = request.split('\n')
      const asked = readAttributes(lines.join('\n'))
      const sent = Buffer.from(given)
      return (
        sent.length === nonce.length &&
        timingSafeEqual(sent, Buffer.from(nonce)) &&
        asked !== null &&
        `${asked.get('protocol')}:` === origin.protocol &&
        asked.get('host') === origin.host
      )
    }
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      let request = ''
      socket.setEncoding('utf8')
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
      socket.on('data', (text: string) => {
        request += text
        const end = request.indexOf('\n\n')
        if (end < 0 && request.length < longestAttributes) return
        if (end >= 0 && isOurs(request.slice(0, end))) {
          server.close()
          socket.end(answer)
        } else {
          socket.destroy()
        }
      })
    })
    server.listen(path)
    await once(server, 'listening')
    return {
      settings: [[`credential.${credential.origin}.helper`, `!${helper.map(shellWord).join(' ')}`]],
      environment: { [pipeVariable]: path, [nonceVariable]: nonce },
      descriptor: false,
      feed: () => undefined,
      close: async () => {
        for (const socket of sockets) socket.destroy()
        if (server.listening) server.close()
      },
    }
  }
