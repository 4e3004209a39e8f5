import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { descendants, isRunning } from '../../src-main/testing/process-watch'
import { startSshServer } from '../../src-main/testing/ssh-server'
import type { Bridge } from '../../src-preload/contract'
import { expect, readyWindow, test } from '../fixtures/app'
import { addProduction, createApp } from '../fixtures/deploying'
import { freezeSession } from '../fixtures/freeze'
import { runningPrograms } from '../fixtures/process-watch'
import { leave, orderlyEnds } from '../fixtures/quit'
import { closeWindow } from '../fixtures/windows'
import { keyStorage } from '../pages/key-storage'
import { wizard } from '../pages/wizard'

interface WithBridge {
  readonly bridge: Bridge
}

/** The keychain has given the key, and each account and server has been looked at. */
const rests = (window: Page) =>
  window.evaluate(async () => {
    const { bridge } = globalThis as unknown as WithBridge
    await bridge.vault.retry()
    await bridge.accounts.refreshAll()
    const servers = await bridge.servers.list()
    if (servers.ok) await Promise.all(servers.value.map(({ id }) => bridge.servers.check({ id })))
  })

/** Programs that hang then: git's, by HTTPS and by SSH with an agent of its own. */
const programs = ['git-remote-http', 'ssh', 'ssh-agent']

/** What the app has to do with servers, hosts and git, all of it at once; nothing is waited for. */
const beginEverything = (window: Page, address: string) =>
  window.evaluate(async (host) => {
    const { bridge } = globalThis as unknown as WithBridge
    const [servers, apps, rows] = await Promise.all([
      bridge.servers.list(),
      bridge.apps.list(),
      bridge.repositories.query({}),
    ])
    const server = servers.ok ? servers.value[0] : undefined
    const app = apps.ok ? apps.value[0] : undefined
    const row = rows.ok ? rows.value.rows[0] : undefined
    if (server === undefined || app === undefined || row === undefined) throw new Error('Something is not there yet.')
    const source = { kind: 'repository' as const, accountId: row.accountId, id: row.id }
    const begun = [
      bridge.accounts.refreshAll(),
      bridge.repositories.refresh({}),
      bridge.clones.start({ source, mode: 'quick' }),
      bridge.clones.start({
        source: { kind: 'ssh-address', accountId: row.accountId, address: host },
        mode: 'quick',
      }),
      bridge.servers.check({ id: server.id }),
      bridge.sshKeys.test({ keyId: server.keyId, address: host }),
      bridge.apps.deploy({ id: app.id, commit: null }),
      bridge.apps.history({ id: app.id, before: null }),
    ]
    for (const one of begun) void one.catch(() => undefined)
  }, address)

/** Asks the app to quit in one way and holds it to leaving, with everything that it has started. */
const leaves = async (app: ElectronApplication, profile: string, ask?: () => Promise<unknown>) => {
  const child = app.process()
  const before = await orderlyEnds(profile)
  const started = descendants(child.pid ?? 0)
  const from = performance.now()
  expect(await leave(app, child, ask)).toBe('left')
  test.info().annotations.push({ type: 'left after', description: `${Math.round(performance.now() - from)} ms` })
  await expect.poll(() => started.filter(isRunning)).toEqual([])
  expect(await orderlyEnds(profile)).toBe(before + 1)
}

test('the app leaves, and leaves nothing behind, while every server, host and keychain is frozen', async ({
  launch,
  startForge,
  desktop,
  profile,
}) => {
  test.setTimeout(240_000)
  const forge = await startForge({ dialect: 'github', ssh: true })
  const machine = await startSshServer()
  const deploying = () => machine.as('sh', '-c', `pgrep -c -u ${machine.user} -f '^sleep 1000$' || :`).trim()
  const hanging = (path: string) => forge.requests.all.some((one) => one.path === path && one.status === null)
  const frozen: (() => void)[] = []
  const thaw = () => {
    for (const again of frozen.splice(0)) again()
    machine.thaw()
    forge.faults.clear()
  }
  const freeze = () => {
    machine.freeze()
    forge.faults.next({ match: () => true, times: Number.POSITIVE_INFINITY, hang: true })
    frozen.push(freezeSession(desktop.home, ['gnome-keyring-daemon', 'dbus-daemon']))
  }
  try {
    await forge.world.createRepository({ owner: 'ada', name: 'shop', files: { a: 'one' } })
    const ways: readonly (readonly [string, (app: ElectronApplication) => (() => Promise<unknown>) | undefined])[] = [
      ['by its menu', () => undefined],
      ['with its last window', (app) => () => closeWindow(app)],
      ['when the session ends', (app) => async () => app.process().kill('SIGTERM')],
    ]
    for (const [index, [name, ask]] of ways.entries()) {
      await test.step(name, async () => {
        const app = await launch()
        const window = await readyWindow(app)
        if (index === 0) {
          const connect = wizard(window)
          await connect.open('GitHub', forge.address)
          await connect.connectWithToken(forge.personalAccessToken({ user: 'ada' }))
          await expect(connect.connected('ada')).toBeVisible()
          await addProduction(window, machine)
          // The first deploy ends, the next one runs as long as the server does.
          const command = 'test -e ~/second && exec sleep 1000; touch ~/second'
          await createApp(window, { repository: 'ada/shop', folder: join(machine.home, 'shop'), command })
          await window.getByRole('button', { name: 'Deploy', exact: true }).click()
        }
        await expect.poll(deploying, { timeout: 30_000 }).toBe('1')
        await rests(window)
        freeze()
        await beginEverything(window, `ssh://${machine.user}@${machine.host}:${machine.port}/~/shop.git`)
        await expect.poll(() => hanging('/api/v3/user')).toBe(true)
        await expect.poll(runningPrograms).toEqual(expect.arrayContaining(programs))
        await leaves(app, profile, ask(app))
        thaw()
      })
    }
    await test.step('while its start waits for the keychain, and where its own exit hangs', async () => {
      frozen.push(freezeSession(desktop.home, ['gnome-keyring-daemon']))
      const app = await launch()
      await expect(keyStorage(await readyWindow(app)).mark('waiting for the keychain')).toBeVisible()
      // Native code at the end of a process may wait for ever, and nothing inside can end it then.
      await app.evaluate(() => {
        process.on('exit', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
      })
      const child = app.process()
      await leaves(app, profile)
      expect(child.signalCode).toBe('SIGKILL')
    })
  } finally {
    thaw()
    await machine.close()
  }
})
