import { randomBytes } from 'node:crypto'
import { parsePublicKey } from '../../e2e/forge/deploy-keys'
import { type Forge, startForge } from '../../e2e/forge/forge'
import type { SshGit } from '../../e2e/forge/ssh-git'
import type { RepositorySpec } from '../../e2e/forge/world-specs'
import { type DeployRecord, emptyRecord, readEvent, readLogLine, wholeLines } from '../deploy/deploy-stream'
import type { Field } from '../deploy/frame'
import { createPilot, type Pilot } from '../deploy/pilot'
import { createKeyPair, type KeyPair } from '../ssh/key-pair'
import { openSession, type SshSession } from '../ssh/session'
import { startSshServer, type TestSshOptions, type TestSshServer } from './ssh-server'

/** A forge with SSH, a server with a stranger as its user, and our script on it. */
export interface DeployBench {
  readonly forge: Forge
  readonly git: SshGit
  readonly server: TestSshServer
  readonly key: KeyPair
  /** Logs in anew. */
  connect(): Promise<Pilot & { readonly session: SshSession }>
  readonly pilot: Pilot
  /** Makes a repository, a key on the server and the deploy key at the forge, and configures an app. */
  app(spec?: Partial<RepositorySpec>, settings?: Readonly<Record<string, string>>): Promise<BenchApp>
  close(): Promise<void>
}

export interface BenchApp {
  readonly folder: string
  readonly key: string
  readonly url: string
  readonly repository: Awaited<ReturnType<Forge['world']['createRepository']>>
  readonly fields: readonly Field[]
  configure(changes?: Readonly<Record<string, string>>, more?: readonly Field[]): Promise<void>
  /** Starts a deploy and answers its id. */
  submit(wish?: Readonly<Record<string, string>>, more?: readonly Field[]): Promise<string>
  /** Waits for the end of a deploy and answers what its stream says. */
  end(id: string): Promise<{ readonly record: DeployRecord; readonly log: readonly string[] }>
  deploy(
    wish?: Readonly<Record<string, string>>,
    more?: readonly Field[],
  ): Promise<{ readonly record: DeployRecord; readonly log: readonly string[] }>
}

let count = 0

export const startDeployBench = async (options: TestSshOptions = {}): Promise<DeployBench> => {
  const forge = await startForge({ dialect: 'github', ssh: true })
  const git = forge.ssh
  if (git === null) throw new Error('The forge has no ssh')
  const token = forge.personalAccessToken({ user: 'ada' })
  const credential = forge.state.credentials.find(token)
  if (credential === null) throw new Error('The token is not there')
  const server = await startSshServer(options)
  const key = await createKeyPair('ed25519', 'bench')
  server.authorize(key.publicKey)
  const connect = async () => {
    const session = await openSession(
      server,
      { kind: 'private', ...key },
      { known: '', judge: (shown) => ({ kind: shown.blob.equals(server.hostKey.blob) ? 'known' : 'unknown' }) },
    )
    return { ...createPilot(session, server.host), session }
  }
  const pilot = await connect()

  const app: DeployBench['app'] = async (spec = {}, settings = {}) => {
    count += 1
    const repository = await forge.world.createRepository({ owner: 'ada', name: `app-${count}`, ...spec })
    const name = randomBytes(16).toString('hex')
    const folder = settings.folder ?? `${server.home}/apps/${repository.name}`
    const url = `ssh://git@127.0.0.1:${git.port}/ada/${repository.name}.git`
    const hosts = `[127.0.0.1]:${git.port} ${git.hostKey}\n`
    const made = await pilot.call('make-key', [
      ['key', name],
      ['hosts', hosts],
    ])
    const publicKey = parsePublicKey(made.get('public'))
    if (publicKey === null) throw new Error(`This is no key: ${made.get('public')}`)
    forge.state.deployKeys.add({
      ...publicKey,
      repositoryId: repository.id,
      title: 'bench',
      canPush: false,
      expiresAt: null,
      addedBy: 'ada',
      credential,
    })
    const all = {
      folder,
      url,
      key: name,
      hosts,
      branch: repository.defaultBranch,
      repository: String(repository.id),
      ...settings,
    }
    const fields: readonly Field[] = Object.entries(all)
    const configure: BenchApp['configure'] = async (changes = {}, more = []) => {
      await pilot.call('configure', [...Object.entries({ ...all, ...changes }), ...more])
    }
    await configure()
    const submit: BenchApp['submit'] = async (wish = {}, more = []) => {
      const base = { folder, token: randomBytes(4).toString('hex'), reason: 'manual' }
      return (await pilot.call('submit', [...Object.entries({ ...base, ...wish }), ...more])).get('id')
    }
    const end: BenchApp['end'] = async (id) => {
      let record = emptyRecord
      const log: string[] = []
      const ended = new AbortController()
      const lines = wholeLines((line) => {
        const text = readLogLine(line)
        if (text === null) record = readEvent(record, line)
        else log.push(text.text)
        if (record.end !== null) ended.abort()
      })
      const fields = [
        ['folder', folder],
        ['id', id],
        ['offset', '0'],
      ] as const
      await pilot.stream('follow', fields, lines.push, { signal: ended.signal }).catch((error: unknown) => {
        if (!ended.signal.aborted) throw error
      })
      return { record, log }
    }
    const deploy: BenchApp['deploy'] = async (wish, more) => end(await submit(wish, more))
    return { folder, key: name, url, repository, fields, configure, submit, end, deploy }
  }

  return {
    forge,
    git,
    server,
    key,
    connect,
    pilot,
    app,
    close: async () => {
      pilot.session.close()
      await server.close()
      await forge.close()
    },
  }
}
