import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SshGit } from './ssh-git'

/** Git LFS as a forge has it beside its ssh: github.com/git-lfs/git-lfs, docs/api/batch.md and basic-transfers.md. */
export interface LargeFiles {
  /** `http://127.0.0.1:port/lfs` */
  readonly url: string
  /** Requests so far, as `method path`; those without the right credential begin with `refused`. */
  readonly requests: readonly string[]
  /** Keeps a file and answers the pointer that stands for it in a repository. */
  add(content: string): string
  close(): Promise<void>
}

interface Wanted {
  readonly oid: string
}

const read = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}

/** Starts it on a free port of 127.0.0.1. Whoever may read a repository over this ssh gets a credential for it. */
export const startLargeFiles = async (ssh: SshGit): Promise<LargeFiles> => {
  const files = new Map<string, Buffer>()
  const requests: string[] = []
  const credential = `RemoteAuth ${randomBytes(16).toString('hex')}`
  const header = { Authorization: credential }

  const batch = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { objects } = JSON.parse(await read(request)) as { readonly objects: readonly Wanted[] }
    const answers = objects.map(({ oid }) => {
      const file = files.get(oid)
      return file === undefined
        ? { oid, size: 0, error: { code: 404, message: 'Object does not exist' } }
        : { oid, size: file.length, actions: { download: { href: `${url}/${oid}`, header } } }
    })
    response.setHeader('content-type', 'application/vnd.git-lfs+json')
    response.end(JSON.stringify({ transfer: 'basic', objects: answers }))
  }

  const server = createServer((request, response) => {
    const told = `${request.method} ${request.url}`
    if (request.headers.authorization !== credential) {
      requests.push(`refused ${told}`)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="Large files"' }).end()
      return
    }
    requests.push(told)
    if (told === 'POST /lfs/objects/batch') void batch(request, response)
    else response.end(files.get(request.url?.split('/').at(-1) ?? ''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/lfs`
  ssh.authenticateLargeFiles = () => ({ href: url, header })
  return {
    url,
    requests,
    add: (content) => {
      const bytes = Buffer.from(content)
      const oid = createHash('sha256').update(bytes).digest('hex')
      files.set(oid, bytes)
      return `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${bytes.length}\n`
    },
    close: () =>
      new Promise((resolve) => {
        ssh.authenticateLargeFiles = null
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
