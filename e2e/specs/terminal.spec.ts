import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { expect, readyWindow, test } from '../fixtures/app'
import { electronBinary, hasSandbox, root } from '../fixtures/electron'
import { quit } from '../fixtures/quit'
import { askGit, command, typed } from '../fixtures/terminal'
import type { Forge } from '../forge/forge'
import { consentDialog } from '../pages/consent'

const run = promisify(execFile)

interface Bridge {
  signIns: { connectWithToken(input: object): Promise<{ ok: boolean }> }
  settings: { change(input: object): Promise<{ ok: boolean }> }
  accounts: { list(): Promise<{ value: readonly { login: string; state: string }[] }> }
}

const connect = (window: Page, host: string, token: string) =>
  window.evaluate(
    (form) =>
      (globalThis as unknown as { bridge: Bridge }).bridge.signIns.connectWithToken({ provider: 'github', ...form }),
    { host, token },
  )

const useInTerminal = (window: Page, on: boolean) =>
  window.evaluate(
    (useInTerminal) => (globalThis as unknown as { bridge: Bridge }).bridge.settings.change({ useInTerminal }),
    on,
  )

/** What git is told by one of its helpers alone. */
const askOnly = (env: NodeJS.ProcessEnv, { address }: Forge, helper: string): Promise<string> => {
  const name = `credential.${new URL(address).origin}.helper`
  return askGit(env, address, `${name}=`, `${name}=${helper}`)
}

/** What git says when it asks one helper, or tells it something. */
const gitSays = async (
  env: NodeJS.ProcessEnv,
  action: 'fill' | 'approve' | 'reject',
  { address }: Forge,
  helper: string,
  more = '',
): Promise<{ readonly stdout: string; readonly stderr: string }> => {
  const { protocol, host, origin } = new URL(address)
  const name = `credential.${origin}.helper`
  const options = [`${name}=`, `${name}=${helper}`].flatMap((setting) => ['-c', setting])
  const git = run('git', [...options, 'credential', action], { env, timeout: 20_000, killSignal: 'SIGKILL' })
  git.child.stdin?.end(`protocol=${protocol.slice(0, -1)}\nhost=${host}\n${more}\n`)
  return git.catch((error: { stdout: string; stderr: string }) => error)
}

const helperOf = async (env: NodeJS.ProcessEnv, forge: Forge): Promise<string> => {
  const name = `credential.${new URL(forge.address).origin}.helper`
  return run('git', ['config', '--global', '--get-all', name], { env }).then(
    ({ stdout }) => stdout,
    () => '',
  )
}

test('git in the terminal uses the accounts, with the app running and without it', async ({
  startForge,
  launch,
  desktop,
  profile,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 5 })
  const origin = new URL(forge.address).origin
  const secret = forge.personalAccessToken({ user: 'ada', scopes: ['repo', 'read:user'] })
  await forge.world.createRepository({
    owner: 'ada',
    name: 'engine',
    private: true,
    files: { 'a.txt': '1' },
  })
  const url = `${forge.address}/ada/engine.git`
  const env = { ...desktop.env, GIT_TERMINAL_PROMPT: '0' }
  await run('git', ['config', '--global', `credential.${origin}.helper`, 'cache --timeout=1'], { env })

  const app = await launch()
  const window = await readyWindow(app)
  expect(await connect(window, forge.address, secret)).toMatchObject({ ok: true })
  await consentDialog(window).agreeing('Use in the terminal', useInTerminal(window, true))
  await expect.poll(() => helperOf(env, forge)).toContain("'--cli' 'git-credential'")

  const [, , asked = '', started = ''] = (await helperOf(env, forge)).split('\n')
  expect(await askOnly(env, forge, asked)).toContain(`password=${secret}\n`)
  expect(await askOnly(env, forge, started)).toContain(`password=${secret}\n`)

  const first = await typed(env, 'git', 'clone', url, 'while-running')
  expect(await readFile(join(desktop.home, 'while-running', 'a.txt'), 'utf8')).toBe('1')
  expect(first.all).not.toContain(secret)
  expect(await readFile(join(desktop.home, 'while-running', '.git', 'config'), 'utf8')).not.toContain(secret)
  expect(await readFile(join(desktop.home, '.gitconfig'), 'utf8')).not.toContain(secret)
  expect((await command(env, profile, 'accounts', '--json')).stdout).toContain('"login": "ada"')
  expect((await command(env, profile, 'doctor')).stdout).toMatch(/app\s+running/)

  await quit(app)
  expect(await askOnly(env, forge, asked)).toBe('')
  expect(await askOnly(env, forge, started)).toContain(`password=${secret}\n`)
  const second = await typed(env, 'git', 'clone', url, 'without-it')
  expect(await readFile(join(desktop.home, 'without-it', 'a.txt'), 'utf8')).toBe('1')
  expect(second.all).not.toContain(secret)
  expect((await command(env, profile, 'check')).stdout).toMatch(/ada .*connected/)
  await command(env, profile, 'clone', url, 'by-command')
  expect(existsSync(join(desktop.home, 'by-command', 'a.txt'))).toBe(true)

  // A terminal is no place for a password.
  const words = [electronBinary(), ...(hasSandbox ? [] : ['--no-sandbox']), root, `--user-data-dir=${profile}`]
  const line = `printf 'protocol=http\\nhost=${new URL(origin).host}\\n\\n' | ${words.join(' ')} --cli git-credential get`
  const shown = await run('script', ['-qec', line, '/dev/null'], { env, timeout: 30_000 }).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  )
  expect(shown).toContain('git only')
  expect(shown).not.toContain(secret)

  // Locked where nobody can unlock it: a plain word, and nothing is opened for what git only tells.
  await desktop.setKeychain('locked')
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...nobody }: NodeJS.ProcessEnv = env
  for (const where of [nobody, env]) {
    const { stdout, stderr } = await gitSays(where, 'fill', forge, started.trim())
    expect(stdout).toBe('')
    expect(stderr).toContain('The keychain is locked')
  }
  const told = `username=ada\npassword=${secret}\n`
  for (const action of ['approve', 'reject'] as const)
    expect((await gitSays(nobody, action, forge, started.trim(), told)).stderr).not.toContain('cloudaipilot')

  // The running app waits for the same keychain: what it listens on lets git ask on, and the command tells the reason.
  const again = await readyWindow(await launch())
  for (const helper of [asked, started]) {
    const { stdout, stderr } = await gitSays(nobody, 'fill', forge, helper.trim())
    expect(stdout).toBe('')
    expect(stderr.includes('The keychain is locked')).toBe(helper === started)
  }
  await desktop.setKeychain('unlocked')
  await useInTerminal(again, false)
  await expect.poll(() => helperOf(env, forge)).toBe('cache --timeout=1\n')
})

test('several accounts of one host are told apart', async ({ startForge, launch, desktop }) => {
  const forge = await startForge({ dialect: 'github', repositories: 5 })
  const env = { ...desktop.env, GIT_TERMINAL_PROMPT: '0' }
  const window = await readyWindow(await launch())
  for (const user of ['ada', 'grace']) {
    const secret = forge.personalAccessToken({ user, scopes: ['repo', 'read:user'] })
    expect(await connect(window, forge.address, secret)).toMatchObject({ ok: true })
    await forge.world.createRepository({ owner: user, name: 'own', private: true, files: { 'a.txt': user } })
  }
  await consentDialog(window).agreeing('Use in the terminal', useInTerminal(window, true))
  await expect.poll(() => helperOf(env, forge)).toContain("'--cli'")
  for (const user of ['ada', 'grace']) {
    await typed(env, 'git', 'clone', `${forge.address}/${user}/own.git`, `${user}-own`)
    expect(await readFile(join(desktop.home, `${user}-own`, 'a.txt'), 'utf8')).toBe(user)
  }
})
