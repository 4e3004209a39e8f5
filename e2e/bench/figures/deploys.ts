import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fingerprint } from '../../../src-main/ssh/fingerprint'
import { createKeyPair } from '../../../src-main/ssh/key-pair'
import { freePort } from '../../../src-main/testing/free-port'
import { startSshServer, type TestSshServer } from '../../../src-main/testing/ssh-server'
import type { App, AppForm } from '../../../src-preload/contract/entities/app'
import type { Repository } from '../../forge/entities'
import { type Forge, startForge } from '../../forge/forge'
import { consentDialog } from '../../pages/consent'
import { connect, type Driven, drive } from '../driven'
import type { Figure, Line } from '../figure'
import { compare } from '../samples'

const run = promisify(execFile)

const until = (found: () => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = performance.now() + 30_000
    const look = () => {
      if (found()) resolve()
      else if (performance.now() > end) reject(new Error('It did not come within 30 s'))
      else setTimeout(look, 2)
    }
    look()
  })

/** The app with an account at a forge. */
interface Stage {
  readonly forge: Forge
  readonly window: Driven['window']
  readonly accountId: string
}

/** What the window has asked main for, or the reason why not. */
type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { code: string } }
const answered = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.failure.code)
  return outcome.value
}

const trust = async (
  window: Driven['window'],
  key: { readonly host: string; readonly port: number; readonly fingerprint: string },
): Promise<void> => {
  const confirming = window.evaluate((wanted) => bridge.hostKeys.confirm(wanted), key)
  answered(await consentDialog(window).agreeing('Trust this key', confirming))
}

/** Adds a machine as a server that is ready, and answers its id. */
const addServer = async ({ window }: Stage, machine: TestSshServer, name: string): Promise<string> => {
  const { host, port, user } = machine
  const key = { host, port, fingerprint: fingerprint(machine.hostKey.blob) }
  await trust(window, key)
  const place = { name, host, port, user }
  const adding = window.evaluate((given) => bridge.servers.add(given), place)
  const added = answered(await consentDialog(window).agreeing('Add server', adding))
  machine.authorize(added.publicKey)
  const receiver = { id: added.id, listen: 'loopback' as const, port: await freePort() }
  answered(await window.evaluate((id) => bridge.servers.check({ id }), added.id))
  answered(await window.evaluate((wanted) => bridge.servers.setReceiver(wanted), receiver))
  const { state } = answered(await window.evaluate((id) => bridge.servers.check({ id }), added.id))
  if (state !== 'ready') throw new Error(`The server is ${state}`)
  return added.id
}

const addApp = async (
  { window, accountId }: Stage,
  repository: Repository,
  place: Pick<AppForm, 'serverId' | 'folder' | 'autoDeploy'>,
): Promise<App> => {
  const form = { name: repository.name, accountId, repositoryId: String(repository.id), branch: 'main', ...place }
  const saving = window.evaluate((wanted) => bridge.apps.save(wanted), form)
  return answered(await consentDialog(window).agreeing('Create app', saving))
}

/** A push to an app, from its acceptance until the release is live, beside what one would type. */
const pushToLive = async (stage: Stage, machine: TestSshServer, serverId: string): Promise<Line> => {
  const { forge } = stage
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`src/file-${at}.txt`, `${at}\n`.repeat(50)]))
  const repository = await forge.world.createRepository({ owner: 'ada', name: 'pushed', files: { ...files, a: '0' } })
  const app = await addApp(stage, repository, { serverId, folder: `${machine.home}/apps/pushed`, autoDeploy: true })
  const folder = await mkdtemp(join(tmpdir(), 'bench-deploy-'))
  try {
    // By hand: a key to log in with, another on the server to fetch with.
    const login = await createKeyPair('ed25519', 'login')
    machine.authorize(login.publicKey)
    const [identity, hosts] = [join(folder, 'key'), join(folder, 'known_hosts')]
    const { type, blob } = machine.hostKey
    await writeFile(identity, `${login.privateKey.reveal().trimEnd()}\n`, { mode: 0o600 })
    await writeFile(hosts, `[${machine.host}]:${machine.port} ${type} ${blob.toString('base64')}\n`)
    const options = ['-F', '/dev/null', '-i', identity, '-o', `UserKnownHostsFile=${hosts}`, '-o', 'IdentitiesOnly=yes']
    const ssh = (command: string) =>
      run('ssh', [...options, '-p', String(machine.port), `${machine.user}@${machine.host}`, command])
    await ssh('ssh-keygen -q -t ed25519 -N "" -f by-hand')
    forge.addSshKey('ada', (await ssh('cat by-hand.pub')).stdout.trim())
    const remote = `ssh://git@127.0.0.1:${forge.ssh?.port}/ada/pushed.git`
    await ssh(`git -c core.sshCommand="ssh -i by-hand -o StrictHostKeyChecking=accept-new" clone -q ${remote} plain`)
    await ssh('git -C plain config core.sshCommand "ssh -i $HOME/by-hand"')

    let count = 0
    const commit = async () => {
      count += 1
      const tip = (await forge.world.git.branches(repository)).find(({ name }) => name === 'main')
      const after = await forge.world.commit(repository, { message: 'Change', files: { a: String(count) } })
      return { before: tip?.hash ?? '', after, text: String(count) }
    }
    const live = join(app.folder, 'current', 'a')
    const pushed = await compare(
      7,
      async () => {
        const { before, after, text } = await commit()
        const from = performance.now()
        void forge.state.pushed(repository, forge.state.world.person('ada'), [
          { before, after, ref: 'refs/heads/main' },
        ])
        await until(() => existsSync(live) && readFileSync(live, 'utf8') === text)
        return performance.now() - from
      },
      async () => {
        const { text } = await commit()
        const from = performance.now()
        await ssh(`cd plain && git fetch -q origin main && git worktree add -q --detach ../by-hand-${text} FETCH_HEAD`)
        return performance.now() - from
      },
    )
    return {
      name: 'push accepted to release live',
      unit: 'ms',
      ...pushed,
      limit: pushed.reference * 1.5 + 300,
      budget: '1.5 × git fetch && git worktree add by ssh + 300 ms',
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What one changed file costs in a repository of 100 MB: by how much the server's copy of its objects grows. */
const transferred = async (stage: Stage, machine: TestSshServer, serverId: string): Promise<Line> => {
  const big = Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [`big-${at}`, randomBytes(1_000_000).toString('latin1')]),
  )
  const { forge, window } = stage
  const repository = await forge.world.createRepository({ owner: 'ada', name: 'large', files: { ...big, a: '1' } })
  const app = await addApp(stage, repository, { serverId, folder: `${machine.home}/apps/large`, autoDeploy: false })
  const live = join(app.folder, 'current', 'a')
  const deploy = async (text: string) => {
    answered(await window.evaluate((id) => bridge.apps.deploy({ id }), app.id))
    await until(() => existsSync(live) && readFileSync(live, 'utf8') === text)
  }
  const size = () => Number(machine.as('du', '-sb', join(app.folder, '.deploy/mirror.git/objects')).split('\t')[0])
  await deploy('1')
  const before = size()
  await forge.world.commit(repository, { message: 'Change', files: { a: '2' } })
  await deploy('2')
  return {
    name: 'redeploy of one file of 100 MB, transferred',
    unit: 'MB',
    ours: (size() - before) / 1_000_000,
    reference: 0,
    limit: 1,
    budget: '1 MB',
  }
}

/** Fifty apps on five servers, looked at together by the screen that shows them. */
const checkedAtOnce = async (stage: Stage, driven: Driven, machines: readonly TestSshServer[]): Promise<Line> => {
  const { forge, window } = stage
  const ids: string[] = []
  for (const [at, machine] of machines.entries()) {
    const serverId = await addServer(stage, machine, `many-${at}`)
    for (let app = 0; app < 10; app += 1) {
      const name = `many-${at}-${app}`
      const repository = await forge.world.createRepository({ owner: 'ada', name, files: { a: '1' } })
      const folder = `${machine.home}/apps/${name}`
      ids.push((await addApp(stage, repository, { serverId, folder, autoDeploy: true })).id)
    }
  }
  await driven.goTo('Apps')
  const tasks = await window.evaluate(async (all) => {
    // The browser tells of every task from 50 ms on (W3C Long Tasks API).
    const long: number[] = []
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)))
    observer.observe({ entryTypes: ['longtask'] })
    const servers = await bridge.servers.list()
    if (!servers.ok) throw new Error(servers.failure.code)
    await Promise.all([
      ...servers.value.map(({ id }) => bridge.servers.check({ id })),
      ...all.map((appId) => bridge.webhooks.check({ appId })),
      bridge.apps.refresh(),
    ])
    observer.disconnect()
    return long
  }, ids)
  return {
    name: 'tasks of the window over 50 ms, 50 apps checked',
    unit: 'count',
    ours: tasks.length,
    reference: 0,
    limit: 0,
    budget: 'none',
  }
}

/** Deploys by the app, to a real sshd with Debian's webhook, from a real forge. */
export const figure: Figure = {
  name: 'deploys',
  measure: async ({ env, folder }) => {
    const forge = await startForge({ dialect: 'github', ssh: true })
    const machines = await Promise.all(Array.from({ length: 6 }, () => startSshServer()))
    const driven = await drive(await folder('deploys'), env)
    try {
      const { window } = driven
      const token = forge.personalAccessToken({ user: 'ada' })
      const accountId = await connect(window, { provider: 'github', host: forge.address, token })
      const stage: Stage = { forge, window, accountId }
      const [, blob = ''] = forge.ssh?.hostKey.split(' ') ?? []
      const key = {
        host: '127.0.0.1',
        port: forge.ssh?.port ?? 0,
        fingerprint: fingerprint(Buffer.from(blob, 'base64')),
      }
      await trust(window, key)
      const [machine, ...others] = machines
      if (machine === undefined) throw new Error('There is no server')
      const serverId = await addServer(stage, machine, 'one')
      return [
        await pushToLive(stage, machine, serverId),
        await transferred(stage, machine, serverId),
        await checkedAtOnce(stage, driven, others),
      ]
    } finally {
      await driven.close()
      for (const machine of machines) await machine.close()
      await forge.close()
    }
  },
}
