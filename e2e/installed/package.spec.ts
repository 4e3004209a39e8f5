import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { startBrowser } from '../demo/browser'
import { demoParts } from '../demo/parts'
import { createPictures, type Stage } from '../demo/stage'
import { createSteps } from '../demo/steps'
import { readyWindow } from '../fixtures/app'
import { registered } from '../fixtures/sign-in-parts'
import { closeWindow } from '../fixtures/windows'
import { type Forge, startForge } from '../forge/forge'
import { consentDialog } from '../pages/consent'
import { newPerson, type Person } from './person'

test.describe.configure({ mode: 'serial' })

const run = promisify(execFile)
const package_ = process.env.CLOUDAIPILOT_E2E_DEB ?? ''
const home = '/opt/CloudAIPilot'
const program = join(home, 'cloudaipilot')
const entry = '/usr/share/applications/cloudaipilot.desktop'
const scheme = 'x-scheme-handler/cloudaipilot'

let person: Person
let forge: Forge
let work: string

interface Bridge {
  accounts: { list(): Promise<{ value: readonly { login: string; state: string }[] }> }
  settings: { change(input: object): Promise<{ ok: boolean }> }
  signIns: { start(input: object): Promise<{ ok: boolean; value: { id: string; address: string | null } }> }
  system: {
    testDeepLinks(): Promise<{ value: { milliseconds: number | null; owner: string | null } }>
    ownsDeepLinks(): Promise<{ value: boolean }>
  }
  vault: { status(): Promise<{ value: unknown }> }
}

/** Asks main what the window may ask. */
const ask = <T, A = undefined>(window: Page, question: (bridge: Bridge, argument: A) => Promise<T>, argument?: A) =>
  window.evaluate(
    ([source, given]) =>
      (new Function(`return (${source})`)() as (bridge: unknown, argument: unknown) => Promise<T>)(
        (globalThis as unknown as { bridge: unknown }).bridge,
        given,
      ),
    [question.toString(), argument] as const,
  )

const start = async (): Promise<{ app: ElectronApplication; window: Page }> => {
  const app = await _electron.launch({
    executablePath: person.starter,
    args: [],
    env: { ...person.env, ...registered(forge) },
    chromiumSandbox: true,
  })
  return { app, window: await readyWindow(app) }
}

/** The same package under another version, as the release before would have been. */
const repacked = async (version: string): Promise<string> => {
  const tree = join(work, 'tree')
  await run('dpkg-deb', ['--raw-extract', package_, tree])
  await run('sed', ['-i', `s/^Version: .*/Version: ${version}/`, join(tree, 'DEBIAN', 'control')])
  const file = join(work, `${version}.deb`)
  await run('dpkg-deb', ['-Zzstd', '-z1', '--root-owner-group', '--build', tree, file])
  await rm(tree, { recursive: true })
  return file
}

test.beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'cloudaipilot-upgrade-'))
  person = await newPerson(program)
  forge = await startForge({ dialect: 'github', repositories: 5 })
})
test.afterAll(async () => {
  await forge?.close()
  await person?.leave()
  await rm(work, { recursive: true, force: true })
})

test('installs, with an entry, icons and a sandbox helper and nothing else that runs as root', async () => {
  await run('dpkg', ['--install', await repacked('0.0.9')])
  await run('desktop-file-validate', [entry])
  expect((await run('dpkg', ['--verify', 'cloudaipilot'])).stdout).toBe('')
  const { stdout: owned } = await person.run('xdg-mime', ['query', 'default', scheme])
  expect(owned.trim()).toBe('cloudaipilot.desktop')
  expect((await readFile(entry, 'utf8')).match(/%[a-zA-Z]/g)).toEqual(['%u'])
  for (const size of [16, 22, 32, 48, 64, 128, 256, 512]) {
    expect(existsSync(`/usr/share/icons/hicolor/${size}x${size}/apps/cloudaipilot.png`), `icon of ${size}`).toBe(true)
  }
  const { stdout: special } = await run('find', [home, '-perm', '/6000', '-printf', '%m %u %f\\n'])
  expect(special).toBe('4755 root chrome-sandbox\n')
  const { stdout: open } = await run('find', [
    home,
    '(',
    '-perm',
    '/022',
    '-a',
    '!',
    '-type',
    'l',
    ')',
    '-o',
    '!',
    '-user',
    'root',
  ])
  expect(open).toBe('')
  const inside = await readdir(join(home, 'resources'))
  expect(inside.sort()).toEqual(['app.asar', 'app.asar.unpacked', 'bin', 'package-type'])
})

test('takes no orders from the environment', async () => {
  const marker = join(person.env.HOME ?? '', 'loaded')
  const script = join(person.env.HOME ?? '', 'evil.js')
  await person.write(script, `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`)
  const { stdout } = await person.run(program, ['--cli', 'version'], {
    env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require=${script}` },
  })
  expect(stdout).toMatch(/^CloudAIPilot 0\.\d+\.\d+(\+fallback)?\n$/)
  expect(existsSync(marker)).toBe(false)
  const { stdout: command } = await person.run('cloudaipilot', ['version'])
  expect(command).toBe(stdout)
})

test('runs in the sandbox for somebody who is not root, and gets its links from the desktop', async () => {
  const { app, window } = await start()
  expect(await app.evaluate((electron) => electron.app.isPackaged)).toBe(true)
  const pids = await app.evaluate((electron) => electron.app.getAppMetrics().map(({ pid, type }) => ({ pid, type })))
  for (const { pid, type } of pids) {
    const line = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
    expect(line, type).not.toContain('--no-sandbox')
    expect((await stat(`/proc/${pid}`)).uid, type).not.toBe(0)
  }
  const page = pids.find(({ type }) => type === 'Tab')?.pid ?? 0
  // Seccomp's filter mode (proc(5)) and a process namespace apart from ours.
  expect(await readFile(`/proc/${page}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m)
  expect(await readlink(`/proc/${page}/ns/pid`)).not.toBe(await readlink('/proc/self/ns/pid'))

  await expect.poll(() => ask(window, (bridge) => bridge.vault.status())).toMatchObject({ value: { state: 'open' } })
  expect(await ask(window, (bridge) => bridge.system.ownsDeepLinks())).toMatchObject({ value: true })
  const { value: self } = await ask(window, (bridge) => bridge.system.testDeepLinks())
  expect(self.milliseconds, `owner: ${self.owner}`).toBeLessThan(5000)

  const begun = await ask(
    window,
    (bridge, host) => bridge.signIns.start({ provider: 'github', host, way: 'redirect' }),
    forge.address,
  )
  expect(begun).toMatchObject({ ok: true })
  const link = await forge.approve(await person.pages.next(), { as: 'ada' })
  expect(link).toMatch(/^cloudaipilot:\/\/oauth-[0-9a-v]{20}\/callback\?/)
  await person.run('xdg-open', [link])
  await expect
    .poll(() => ask(window, (bridge) => bridge.accounts.list()))
    .toMatchObject({ value: [{ login: 'ada', state: 'connected' }] })
  await app.close()
})

test('keeps the accounts over an upgrade', async () => {
  const { stdout } = await run('dpkg', ['--install', package_])
  expect(stdout).toContain('over (0.0.9)')
  const { app, window } = await start()
  await expect
    .poll(() => ask(window, (bridge) => bridge.accounts.list()))
    .toMatchObject({ value: [{ login: 'ada', state: 'connected' }] })
  await app.close()
})

test('gives git its login, while it runs and when it does not', async () => {
  const { origin, protocol, host } = new URL(forge.address)
  const question = `printf 'protocol=${protocol.slice(0, -1)}\\nhost=${host}\\n\\n'`
  const login = async () => (await person.run('sh', ['-c', `${question} | git credential fill`])).stdout
  const helpers = async () => {
    const { stdout } = await person.run('git', ['config', '--global', '--get-all', `credential.${origin}.helper`])
    return stdout
  }
  const { app, window } = await start()
  const changing = ask(window, (bridge) => bridge.settings.change({ useInTerminal: true }))
  await consentDialog(window).agreeing('Use in the terminal', changing)
  await expect.poll(() => helpers().catch(() => '')).toContain('git-credential')
  const told = await login()
  expect(told).toMatch(/^password=\S+$/m)
  await app.close()
  expect(await login()).toBe(told)
})

test('does every job of the demo, installed, in the sandbox, for somebody who is not root', async () => {
  test.setTimeout(300_000)
  const ends: (() => Promise<unknown>)[] = []
  const onEnd: Stage['onEnd'] = (end) => ends.push(end)
  const prepared = []
  for (const part of demoParts) prepared.push(await part.prepare(onEnd))
  // From the first start on.
  await rm(join(person.env.XDG_CONFIG_HOME ?? '', 'CloudAIPilot'), { recursive: true })
  const env = Object.assign({ ...person.env }, ...prepared.map((one) => one.env))
  const tray = await person.openTray()
  const app = await _electron.launch({ executablePath: person.starter, args: [], env, chromiumSandbox: true })
  const browser = await startBrowser(env, env.CHROMIUM ?? '/usr/bin/chromium', {
    pages: person.pages,
    xdgOpen: async (address) => void (await person.run('xdg-open', [address])),
  })
  try {
    const window = await readyWindow(app)
    window.setDefaultTimeout(15_000)
    const folder = join('out', 'e2e-installed-demo')
    await rm(folder, { recursive: true, force: true })
    const picture = createPictures(folder)
    const steps = await createSteps(folder, () => picture(window, 'failure'))
    for (const [index, { play }] of prepared.entries()) {
      await steps.part(demoParts[index]?.steps ?? 0, () => play({ app, window, browser, steps, picture, onEnd }))
    }
    expect(await steps.finish(), 'every step of the demo').toBe(true)

    await window.keyboard.press('Control+k')
    await window.keyboard.type('shop')
    await expect(window.getByRole('option', { name: /shop/ }).first()).toBeVisible()
    await window.keyboard.press('Escape')

    // It stays in the tray when its window is closed, and comes back from there.
    await expect.poll(() => tray.choose()).toContainEqual(expect.stringMatching(/^● ada — .* · Connected$/))
    await closeWindow(app)
    await tray.choose('Check all')
    const opened = app.waitForEvent('window')
    await tray.choose('Open CloudAIPilot')
    await (await opened).locator('body[data-ready]').waitFor()
  } finally {
    await app.close()
    await tray.close()
    await browser.close()
    for (const end of ends.reverse()) await end()
  }
})

test('goes without a trace but for what people keep in their homes', async () => {
  await run('dpkg', ['--remove', 'cloudaipilot'])
  await run('dpkg', ['--purge', 'cloudaipilot']).catch(() => undefined)
  for (const file of [home, '/usr/bin/cloudaipilot', entry, '/usr/share/doc/cloudaipilot']) {
    expect(existsSync(file), file).toBe(false)
  }
  const { stdout: icons } = await run('find', ['/usr/share/icons', '-name', 'cloudaipilot.*'])
  expect(icons).toBe('')
  expect(await readFile('/usr/share/applications/mimeinfo.cache', 'utf8').catch(() => '')).not.toContain(scheme)
  expect(existsSync(join(person.env.XDG_CONFIG_HOME ?? '', 'CloudAIPilot', 'accounts.json'))).toBe(true)
})
