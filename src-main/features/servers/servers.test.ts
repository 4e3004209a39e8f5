import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Server } from '../../../src-preload/contract/entities/server'
import { fingerprint } from '../../ssh/fingerprint'
import { listen } from '../../testing/loopback-server'
import { type ServerBench, serverBench } from '../../testing/server-bench'
import { startSilentRelay } from '../../testing/silent-relay'
import { startSshServer, type TestSshServer } from '../../testing/ssh-server'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const patiently = { timeout: 30_000, interval: 20 }

let machine: TestSshServer
let bench: ServerBench
let targets: { kind: 'ssh' | 'https'; host: string; port: number }[] = []
beforeAll(async () => {
  machine = await startSshServer({ config: [`SetEnv PATH=/tmp/none:/usr/local/bin:/usr/bin:/bin`] })
})
afterAll(() => machine.close())
beforeEach(() => {
  targets = []
  bench = serverBench({ outbound: () => targets })
})
afterEach(() => bench.stop())

const { handlers, add } = {
  get handlers() {
    return () => bench.servers.handlers
  },
  add: async (changes: { host?: string; port?: number; user?: string; keyId?: string } = {}): Promise<Server> =>
    bench.servers.handlers.add({
      name: 'web-1',
      host: machine.host,
      port: machine.port,
      user: machine.user,
      keyId: null,
      ...changes,
    }) as Promise<Server>,
}
const stateOf = (id: string) => bench.servers.access.get(id)
const checked = async (id: string) => handlers().check({ id }) as Promise<Server>
const states = ({ checks }: Server) => Object.fromEntries(checks.map(({ check, state }) => [check, state]))
/** Adds the machine, confirms its host key and lets the key in. */
const ready = async () => {
  const added = await add()
  await expect.poll(() => stateOf(added.id).state, patiently).toBe('asks-host-key')
  machine.authorize(added.publicKey)
  await handlers().confirmHostKey({ id: added.id, fingerprint: fingerprint(machine.hostKey.blob) })
  return checked(added.id)
}

describe('adding a server', () => {
  it('asks once about its host key, shows where it stands at each step, and installs the key by a password', async () => {
    const added = await add()
    expect(added).toMatchObject({ state: 'checking', user: machine.user })
    expect(added.publicKey).toMatch(/^ssh-ed25519 \S+ Server web-1/)
    await expect.poll(() => stateOf(added.id).state, patiently).toBe('asks-host-key')
    expect(stateOf(added.id).hostKey).toMatchObject({ fingerprint: fingerprint(machine.hostKey.blob), published: null })
    expect(states(stateOf(added.id))).toMatchObject({ reach: 'passed', 'host-key': 'waiting', login: 'waiting' })
    await expect(handlers().confirmHostKey({ id: added.id, fingerprint: 'SHA256:wrong' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await handlers().confirmHostKey({ id: added.id, fingerprint: fingerprint(machine.hostKey.blob) })
    const refused = await checked(added.id)
    expect(refused).toMatchObject({ state: 'needs-attention', reason: { code: 'publickey-denied' }, hostKey: null })
    expect(refused.checks.find(({ check }) => check === 'login')).toMatchObject({
      state: 'failed',
      mend: 'install-key',
    })
    expect(states(refused)).toMatchObject({ tools: 'skipped', supervisor: 'skipped' })
    await expect(handlers().installKey({ id: added.id, password: 'not it' })).rejects.toMatchObject({
      code: 'access-denied',
      facts: { why: 'password' },
    })
    if (machine.password === null) machine.authorize(added.publicKey)
    else await handlers().installKey({ id: added.id, password: machine.password })
    const server = await checked(added.id)
    expect(server).toMatchObject({ state: 'ready', reason: null })
    expect(states(server)).toMatchObject({
      login: 'passed',
      tools: 'passed',
      git: 'passed',
      clock: 'passed',
      receiver: 'passed',
    })
    expect(bench.announced.some(({ event }) => event === 'servers.changed')).toBe(true)
    const lines = readFileSync(join(machine.home, '.ssh/authorized_keys'), 'utf8').split('\n')
    expect(lines.filter((line) => line === added.publicKey)).toHaveLength(1)
    // No password is kept, told or written anywhere.
    const everything = JSON.stringify([bench.announced, bench.store.read()])
    if (machine.password !== null) expect(everything).not.toContain(machine.password)
  })

  it.each([
    ['-oProxyCommand=touch x', 'root'],
    ['a b', 'root'],
    ['$(id)', 'root'],
    ['example.com', '-l'],
    ['example.com', 'a b'],
    ['example.com', '$(id)'],
    ['example.com/../x', 'root'],
  ])('refuses %j for %j', async (host, user) => {
    await expect(add({ host, user })).rejects.toMatchObject({ code: 'address-refused' })
    expect(bench.servers.list()).toEqual([])
  })

  it('names a host that is not there, a port that is shut, and a host key that changed', async () => {
    const nowhere = await add({ host: 'no-such-host.invalid' })
    expect(await checked(nowhere.id)).toMatchObject({ state: 'unreachable', reason: { code: 'host-not-found' } })
    const shut = await listen(createServer())
    await shut.close()
    const dead = await add({ port: shut.port })
    expect(await checked(dead.id)).toMatchObject({ state: 'unreachable', reason: { code: 'unreachable' } })
    const server = await ready()
    await machine.changeHostKey()
    // The connection that is open stays good; the checks look at the host again.
    expect(await checked(server.id)).toMatchObject({ state: 'needs-attention', reason: { code: 'host-key-changed' } })
  })
})

describe('a server', () => {
  it('is used by many at once, and found again after a cut', async () => {
    const { id } = await ready()
    const greet = () => bench.servers.access.run(id, async (pilot) => (await pilot.call('status')).complete)
    expect(await Promise.all(Array.from({ length: 20 }, greet))).toEqual(Array.from({ length: 20 }, () => true))
    machine.cut()
    expect(await greet()).toBe(true)
  })

  it.each([1, 2, 3])('with MaxSessions %i is checked, asked and listened to at once', async (sessions) => {
    const narrow = await startSshServer({ config: [`MaxSessions ${sessions}`] })
    try {
      const { id, publicKey } = await add({ port: narrow.port, user: narrow.user })
      await expect.poll(() => stateOf(id).state, patiently).toBe('asks-host-key')
      await handlers().confirmHostKey({ id, fingerprint: fingerprint(narrow.hostKey.blob) })
      if (narrow.password === null) narrow.authorize(publicKey)
      else await handlers().installKey({ id, password: narrow.password })
      expect(await checked(id)).toMatchObject({ state: 'ready' })
      const { access } = bench.servers
      const ended: string[] = []
      const opened = Array.from({ length: 4 }, () =>
        access
          .stream(id, (pilot) => pilot.stream('journal', [], () => undefined))
          .catch(({ code }) => ended.push(code)),
      )
      const listening = () => Number(narrow.as('sh', '-c', `pgrep -c -u ${narrow.user} tail || :`).trim())
      await expect.poll(listening, patiently).toBe(4)
      const greet = () => access.run(id, async (pilot) => (await pilot.call('status')).complete)
      const [server, ...greeted] = await Promise.all([checked(id), ...Array.from({ length: 12 }, greet)])
      expect(server).toMatchObject({ state: 'ready' })
      expect(greeted).toEqual(Array.from({ length: 12 }, () => true))
      // Nothing of this has ended what others listen to.
      expect(ended).toEqual([])
      await bench.servers.stop()
      await Promise.all(opened)
    } finally {
      await narrow.close()
    }
  })

  it('that does not answer any more holds nobody up who leaves', async () => {
    const { id } = await ready()
    const { access, handlers: ask, stop } = bench.servers
    const streams = Array.from({ length: 10 }, () =>
      access.stream(id, (pilot) => pilot.stream('journal', [], () => undefined)).catch(({ code }) => code),
    )
    await access.run(id, (pilot) => pilot.call('check'))
    machine.freeze()
    try {
      // On a connection that is open, on one that is about to be opened, and in the queue for a channel.
      const calls = Array.from({ length: 20 }, () =>
        access.run(id, (pilot) => pilot.call('check')).catch(({ code }) => code),
      )
      const fresh = access
        .runAt({ ...access.place(id), host: 'localhost' }, (pilot) => pilot.call('check'))
        .catch(({ code }) => code)
      void ask.check({ id })
      await stop()
      expect(new Set(await Promise.all([...calls, ...streams, fresh]))).toEqual(new Set(['cancelled']))
    } finally {
      machine.thaw()
    }
  })

  it('says which hosts it can’t reach, and reaches one that waits for its identification', async () => {
    const second = await startSilentRelay(machine.port)
    targets = [
      { kind: 'ssh', host: '127.0.0.1', port: machine.port },
      { kind: 'ssh', host: '127.0.0.1', port: second.port },
      { kind: 'ssh', host: '127.0.0.1', port: 1 },
    ]
    const server = await ready()
    expect(server.checks.find(({ check }) => check === 'outbound')).toMatchObject({
      state: 'warned',
      failure: { code: 'unreachable', facts: { host: '127.0.0.1:1', from: 'server' } },
    })
    await second.close()
  })

  /** A server whose search path is a folder of its own. */
  const withPrograms = async (
    programs: (folder: string) => void,
    act: (id: string, place: TestSshServer) => Promise<void>,
    rest = ':/usr/bin:/bin',
  ) => {
    const folder = mkdtempSync(join(tmpdir(), 'programs-'))
    chmodSync(folder, 0o755)
    programs(folder)
    const place = await startSshServer({ config: [`SetEnv PATH=${folder}${rest}`] })
    try {
      const { id, publicKey } = await add({ host: place.host, port: place.port, user: place.user })
      place.authorize(publicKey)
      await expect.poll(() => stateOf(id).state, patiently).toBe('asks-host-key')
      await handlers().confirmHostKey({ id, fingerprint: fingerprint(place.hostKey.blob) })
      await checked(id)
      await act(id, place)
    } finally {
      await place.close()
      rmSync(folder, { recursive: true })
    }
  }
  const program = (folder: string, name: string, text: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })

  it('without git, without webhook and without sudo is told apart', async () => {
    const most =
      'awk base64 cat chmod cut date df du env flock fold grep head id ln ls mkdir mkfifo mktemp mv od readlink rm rmdir sed setsid sh sha256sum sleep sort ssh ssh-keygen stat stdbuf sync tail timeout tr uname wc'
    const link = (folder: string) => {
      for (const tool of most.split(' ')) {
        symlinkSync(['/usr/bin', '/bin'].map((place) => join(place, tool)).find(existsSync) ?? '', join(folder, tool))
      }
    }
    await withPrograms(
      link,
      async (id) => {
        expect(stateOf(id)).toMatchObject({
          state: 'needs-attention',
          reason: { code: 'tool-missing', facts: { tool: 'git' } },
        })
        const install = handlers().installReceiver({ id, password: null })
        await expect(install).rejects.toMatchObject({ code: 'tool-missing', facts: { tool: 'apt-get' } })
      },
      '',
    )
  })

  it('gets the receiver by sudo, with a password that is used once', async () => {
    const password = "open $(id) 'sesame"
    const fakes = (folder: string) => {
      // As sudo: -n never asks, -S reads a line, -v only checks (sudo(8)).
      program(
        folder,
        'sudo',
        `for word; do case $word in -n) exit 1 ;; esac; done
IFS= read -r line
[ "$line" = "$(cat "$HOME/password")" ] || exit 1
while [ $# -gt 0 ]; do case $1 in -S | -k) shift ;; -p) shift 2 ;; -v) exit 0 ;; *) exec "$@" ;; esac; done`,
      )
      program(folder, 'apt-get', `echo "$@" >"$HOME/asked"; cp /usr/bin/webhook ${join(folder, 'webhook')}`)
    }
    const withoutWebhook = (folder: string) => {
      fakes(folder)
      chmodSync(folder, 0o777)
      for (const place of ['/usr/bin', '/bin']) {
        for (const tool of readdirSync(place)) {
          const link = join(folder, tool)
          if (tool !== 'webhook' && !existsSync(link)) symlinkSync(join(place, tool), link)
        }
      }
    }
    await withPrograms(
      withoutWebhook,
      async (id, place) => {
        const receiver = () => stateOf(id).checks.find(({ check }) => check === 'receiver')
        expect(receiver()).toMatchObject({ state: 'warned', mend: 'install-receiver' })
        place.as('sh', '-c', 'printf "%s\\n" "$1" > "$HOME/password"', 'sh', password)
        const install = (given: string | null) => handlers().installReceiver({ id, password: given })
        await expect(install(null)).rejects.toMatchObject({ code: 'sudo-refused', facts: { why: 'needed' } })
        await expect(install('wrong')).rejects.toMatchObject({ code: 'sudo-refused', facts: { why: 'password' } })
        await install(password)
        expect(receiver()).toMatchObject({ state: 'passed', mend: 'no' })
        expect(readFileSync(join(place.home, 'asked'), 'utf8')).toContain('install -y')
        expect(JSON.stringify([bench.announced, bench.store.read()])).not.toContain('sesame')
      },
      '',
    )
  })

  it('is kept by cron where there is no systemd', async () => {
    const table = (place: TestSshServer) => join(place.home, 'table')
    // As cron's own program: `-l` prints, `-` replaces, nothing yet is status 1.
    const fake = (folder: string) =>
      program(
        folder,
        'crontab',
        'if [ "$1" = -l ]; then cat "$HOME/table" 2>/dev/null || { echo "no crontab for me" >&2; exit 1; }; else cat >"$HOME/new" && mv "$HOME/new" "$HOME/table"; fi',
      )
    await withPrograms(fake, async (id, place) => {
      place.as('sh', '-c', 'echo "5 4 * * * true" > "$HOME/table"')
      expect((await bench.servers.access.receivers.apply(id)).keptBy).toBe('cron')
      await bench.servers.access.receivers.apply(id)
      const lines = readFileSync(table(place), 'utf8').trim().split('\n')
      expect(lines).toHaveLength(2)
      expect(lines[1]).toMatch(
        /^@reboot exec sh "\$HOME\/\.cloudaipilot\/bin\/[0-9a-f]{64}\.sh" supervise # cloudaipilot$/,
      )
      await bench.servers.access.receivers.stop(id)
      expect(readFileSync(table(place), 'utf8')).toBe('5 4 * * * true\n')
    })
  })

  it('is kept by systemd where the user may stay, with units that systemd takes', async () => {
    const fakes = (folder: string) => {
      program(folder, 'systemctl', 'echo "$@" >>"$HOME/systemctl"; case "$*" in *is-active*) exit 0 ;; esac')
      program(folder, 'loginctl', 'echo yes')
    }
    await withPrograms(fakes, async (id, place) => {
      expect(stateOf(id).receiver.keptBy).toBe('systemd')
      const status = await bench.servers.access.receivers.apply(id)
      expect(status).toMatchObject({ keptBy: 'systemd', polling: true })
      const units = join(place.home, '.config/systemd/user')
      const names = readdirSync(units).sort()
      expect(names).toEqual(['cloudaipilot-poll.service', 'cloudaipilot-poll.timer', 'cloudaipilot-receiver.service'])
      const verify = spawnSync('systemd-analyze', ['--user', 'verify', ...names.map((name) => join(units, name))], {
        env: { PATH: process.env.PATH, XDG_RUNTIME_DIR: place.home, HOME: place.home },
      })
      const complaints = `${verify.stderr ?? ''}`.split('\n').filter((line) => line.includes('cloudaipilot'))
      expect(complaints).toEqual([])
      const called = readFileSync(join(place.home, 'systemctl'), 'utf8')
      expect(called).toContain('--user enable --now cloudaipilot-poll.timer')
      await bench.servers.access.receivers.stop(id)
      expect(readdirSync(units)).toEqual([])
    })
  })

  it('goes with what was left on it, the key last', async () => {
    const server = await ready()
    await bench.servers.access.receivers.apply(server.id)
    const remnants = await handlers().remnants({ id: server.id })
    expect(remnants.map(({ what }) => what)).toEqual(['receiver', 'scripts', 'authorized-key'])
    const removal = await handlers().remove({ id: server.id, clean: true })
    expect(removal.steps.map(({ what, outcome }) => [what, outcome])).toEqual([
      ['receiver', 'removed'],
      ['authorized-key', 'removed'],
      ['local-secret', 'removed'],
    ])
    expect(existsSync(join(machine.home, '.cloudaipilot'))).toBe(false)
    expect(readFileSync(join(machine.home, '.ssh/authorized_keys'), 'utf8')).not.toContain(server.publicKey)
    expect(bench.servers.list()).toEqual([])
    expect(bench.removals.list()).toEqual([])
    expect(await bench.vault.names()).toEqual([])
  })

  it('that can’t be reached goes from the list, and what it holds is taken away later', async () => {
    const server = await ready()
    const shut = await listen(createServer())
    await shut.close()
    await handlers().edit({
      id: server.id,
      name: 'web-1',
      host: machine.host,
      port: shut.port,
      user: machine.user,
      keyId: null,
    })
    const removal = await handlers().remove({ id: server.id, clean: true })
    expect(removal.steps.map(({ what, outcome }) => [what, outcome])).toEqual([
      ['receiver', 'queued'],
      ['authorized-key', 'queued'],
      ['local-secret', 'queued'],
    ])
    expect(await bench.vault.names()).toHaveLength(1)
    expect(bench.removals.list()).toHaveLength(1)
    await bench.removals.resume(true)
    expect(bench.removals.list()).toHaveLength(1)
    await bench.removals.dismiss(server.id)
    expect(bench.removals.list()).toEqual([])
  })
})
