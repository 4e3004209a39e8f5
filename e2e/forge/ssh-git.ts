import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { type AddressInfo, createServer } from 'node:net'
import ssh2, { type AuthContext, type Connection, type PublicKeyAuthContext, type ServerChannel } from 'ssh2'
import { parsePublicKey } from './deploy-keys'
import { atLeast, type Person, type Repository } from './entities'
import type { ForgeState } from './forge-state'
import { pushReport, takePushReport } from './git-http'
import { gitEnvironment } from './git-storage'

/** A forge's ssh: git and nothing else, for `git@127.0.0.1`. */
export interface SshGit {
  readonly port: number
  /** The host key as a line of known_hosts has it after the host: `ssh-ed25519 AAAA...`. */
  readonly hostKey: string
  /** What `git-lfs-authenticate` answers for a repository; null: this host has no large files. */
  authenticateLargeFiles: ((repository: Repository) => object) | null
  close(): Promise<void>
}

/** Whom a key belongs to: a person, or one or more repositories. */
interface KeyHolder {
  readonly person: Person | null
  /** Repository ids and whether the key may push there. */
  readonly repositories: ReadonlyMap<number, boolean>
  /** Whose name pushes by a deploy key carry. */
  readonly addedBy: Person | null
  readonly name: string
}

const fingerprint = (blob: Buffer): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`

const holderOf = (forge: ForgeState, print: string): KeyHolder | null => {
  const owner = forge.deployKeys.personal.get(print)
  const person = forge.world.people().find(({ id }) => id === owner) ?? null
  const keys = forge.deployKeys.withFingerprint(print)
  const [first] = keys
  if (!person && !first) return null
  return {
    person,
    repositories: new Map(keys.map((key) => [key.repositoryId, key.canPush])),
    addedBy: first ? first.credential.person : person,
    name: person?.login ?? first?.title ?? '',
  }
}

const isPublicKey = (context: AuthContext): context is PublicKeyAuthContext => context.method === 'publickey'

/** Accepts a known key, and its signature where there is one (RFC 4252 section 7). */
const authenticated = (forge: ForgeState, context: AuthContext): KeyHolder | null => {
  if (!isPublicKey(context) || context.username !== 'git') return null
  const holder = holderOf(forge, fingerprint(context.key.data))
  if (!holder || !context.signature || !context.blob) return holder
  const key = ssh2.utils.parseKey(`${context.key.algo} ${context.key.data.toString('base64')}`)
  if (key instanceof Error) return null
  return key.verify(context.blob, context.signature, context.hashAlgo) ? holder : null
}

/** What each provider says to somebody who asks for a shell. */
const GREETINGS: Readonly<Record<ForgeState['dialect'], (name: string) => string>> = {
  github: (name) => `Hi ${name}! You've successfully authenticated, but GitHub does not provide shell access.\n`,
  gitlab: (name) => `Welcome to GitLab, @${name}!\n`,
  bitbucket: () => 'authenticated via ssh key.\n\nYou can use git to connect to Bitbucket. Shell access is disabled\n',
  gitea: (name) => `Hi there, ${name}! You've successfully authenticated, but Gitea does not provide shell access.\n`,
  forgejo: (name) =>
    `Hi there, ${name}! You've successfully authenticated, but Forgejo does not provide shell access.\n`,
}

const COMMAND = /^(git-upload-pack|git-receive-pack|git upload-pack|git receive-pack) '?\/?([^']+?)(?:\.git)?'?$/

/** github.com/git-lfs/git-lfs, docs/api/server-discovery.md. */
const LFS_COMMAND = /^git-lfs-authenticate '?\/?([^' ]+?)(?:\.git)?'? download$/

const leave = (channel: ServerChannel, words: string, code: number): void => {
  channel.stderr.write(words)
  channel.exit(code)
  channel.end()
}

const mayUse = (forge: ForgeState, holder: KeyHolder, repository: Repository, writing: boolean): string | null => {
  const role = forge.world.role(holder.person, repository)
  const key = holder.repositories.get(repository.id)
  if (!role && key === undefined) return 'ERROR: Repository not found.\n'
  if (!writing) return null
  if (repository.archived) return 'ERROR: This repository was archived so it is read-only.\n'
  if (atLeast(holder.person ? role : null, 'write') || key === true) return null
  return key === false
    ? 'ERROR: The key you are authenticating with has been marked as read only.\n'
    : `ERROR: Permission to ${repository.name} denied to ${holder.name}.\n`
}

/** Answers whether the command was one for large files. */
const tellLargeFiles = (
  forge: ForgeState,
  host: SshGit,
  holder: KeyHolder,
  channel: ServerChannel,
  command: string,
): boolean => {
  const path = LFS_COMMAND.exec(command)?.[1]
  if (path === undefined || host.authenticateLargeFiles === null) return false
  const repository = forge.world.findRepository(path)
  const refusal = repository ? mayUse(forge, holder, repository, false) : 'ERROR: Repository not found.\n'
  if (!repository || refusal) leave(channel, refusal ?? '', 1)
  else {
    channel.write(JSON.stringify(host.authenticateLargeFiles(repository)))
    leave(channel, '', 0)
  }
  return true
}

const runGit = async (
  forge: ForgeState,
  holder: KeyHolder,
  channel: ServerChannel,
  command: string,
  protocol: string | null,
): Promise<void> => {
  const [, service = '', path = ''] = COMMAND.exec(command) ?? []
  const repository = forge.world.findRepository(path) ?? forge.world.formerly(path)
  const writing = service.endsWith('receive-pack')
  if (!service) return leave(channel, `Invalid command: '${command}'\n`, 1)
  const refusal = repository ? mayUse(forge, holder, repository, writing) : 'ERROR: Repository not found.\n'
  if (!repository || refusal) return leave(channel, refusal ?? '', 1)
  const directory = await forge.world.git.directory(repository)
  const report = pushReport(directory)
  const environment = { FORGE_PUSHED: report, ...(protocol ? { GIT_PROTOCOL: protocol } : {}) }
  const child = spawn('git', [writing ? 'receive-pack' : 'upload-pack', directory], {
    env: gitEnvironment(environment),
  })
  channel.pipe(child.stdin)
  child.stdin.on('error', () => undefined)
  child.stdout.pipe(channel, { end: false })
  child.stderr.pipe(channel.stderr, { end: false })
  channel.on('close', () => child.kill('SIGTERM'))
  child.on('close', (code) => {
    channel.exit(code ?? 1)
    channel.end()
    void takePushReport(report).then((updates) => {
      const pusher = holder.person ?? holder.addedBy
      return pusher && updates.length > 0 ? forge.pushed(repository, pusher, updates) : undefined
    })
  })
}

const serve = (forge: ForgeState, client: Connection, host: SshGit): void => {
  let holder: KeyHolder | null = null
  client.on('error', () => undefined)
  client.on('authentication', (context) => {
    holder = authenticated(forge, context)
    if (holder) context.accept()
    else context.reject(['publickey'])
  })
  client.on('session', (accept) => {
    const session = accept()
    let protocol: string | null = null
    session.on('env', (acceptEnv, _reject, info) => {
      if (info.key === 'GIT_PROTOCOL') protocol = info.val
      acceptEnv?.()
    })
    session.on('shell', (acceptShell) => {
      const channel = acceptShell()
      leave(channel, GREETINGS[forge.dialect](holder?.name ?? ''), forge.dialect === 'gitlab' ? 0 : 1)
    })
    session.on('exec', (acceptExec, _reject, info) => {
      const channel = acceptExec()
      if (!holder) return leave(channel, 'Permission denied\n', 255)
      if (!tellLargeFiles(forge, host, holder, channel, info.command))
        void runGit(forge, holder, channel, info.command, protocol)
    })
  })
}

/** Starts ssh on a free port of 127.0.0.1, with a host key of its own. */
export async function startSshGit(forge: ForgeState): Promise<SshGit> {
  let keys = ssh2.utils.generateKeyPairSync('ed25519')
  // The library writes a few pairs in a thousand malformed.
  while (ssh2.utils.parseKey(keys.private) instanceof Error) keys = ssh2.utils.generateKeyPairSync('ed25519')
  const ssh = new ssh2.Server({ hostKeys: [keys.private] }, (client) => serve(forge, client, host))
  const open = new Set<{ destroy(): unknown }>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    ssh.injectSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host: SshGit = {
    port: (server.address() as AddressInfo).port,
    hostKey: parsePublicKey(keys.public)?.key ?? '',
    authenticateLargeFiles: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
  return host
}
