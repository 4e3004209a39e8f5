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
 * given. One right question is answered for each origin; then the pipe is closed.
 */
export const namedPipe =
  ({ helper, folder }: NamedPipeParts): OpenCredentialPipe =>
  async (...credentials) => {
    const open = new Map(
      credentials.map((credential) => [credential.origin.replace(/^[a-z0-9]+:\/\//, '').toLowerCase(), credential]),
    )
    const nonce = randomBytes(32).toString('hex')
    const path = `${folder}cloudaipilot-${randomBytes(16).toString('hex')}`

    /** The answer to a question, which is given once; null where there is none. */
    const answerTo = (request: string): string | null => {
      const [given = '', ...lines] = request.split('\n')
      const asked = readAttributes(lines.join('\n'))
      const sent = Buffer.from(given)
      if (sent.length !== nonce.length || !timingSafeEqual(sent, Buffer.from(nonce)) || asked === null) return null
      const host = asked.get('host') ?? ''
      const credential = open.get(host)
      if (credential === undefined || !credential.origin.startsWith(`${asked.get('protocol')}://`)) return null
      open.delete(host)
      return credentialAnswer(credential)
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
        const answer = end < 0 ? null : answerTo(request.slice(0, end))
        if (answer === null) return void socket.destroy()
        if (open.size === 0) server.close()
        socket.end(answer)
      })
    })
    server.listen(path)
    await once(server, 'listening')
    return {
      settings: credentials.map(({ origin }) => [`credential.${origin}.helper`, `!${helper.map(shellWord).join(' ')}`]),
      environment: { [pipeVariable]: path, [nonceVariable]: nonce },
      descriptors: 0,
      feed: () => undefined,
      close: async () => {
        for (const socket of sockets) socket.destroy()
        if (server.listening) server.close()
      },
    }
  }
