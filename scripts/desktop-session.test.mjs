import { execFileSync, spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { openDesktopSession } from './desktop-session.mjs'
import { openDisplay } from './display.mjs'

const open = /** @type {{ close: () => Promise<void> }[]} */ ([])
/** @template {{ close: () => Promise<void> }} T @param {Promise<T>} resource @returns {Promise<T>} */
async function closing(resource) {
  open.push(await resource)
  return resource
}
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close()
})

/** @param {NodeJS.ProcessEnv} env @param {string[]} args @param {string} [input] */
const secretTool = (env, args, input) =>
  execFileSync('secret-tool', args, { env, input, encoding: 'utf8', timeout: 1000, stdio: 'pipe' })

describe('a desktop session', () => {
  it('keeps secrets through a restart of its keychain, until they are wiped', async () => {
    const session = await closing(openDesktopSession())
    secretTool(session.env, ['store', '--label=one', 'name', 'one'], 'hush')
    await session.setKeychain('absent')
    expect(() => secretTool(session.env, ['lookup', 'name', 'one'])).toThrow()
    await session.setKeychain('unlocked')
    expect(secretTool(session.env, ['lookup', 'name', 'one'])).toBe('hush')
    await session.wipeKeychain()
    expect(() => secretTool(session.env, ['lookup', 'name', 'one'])).toThrow()
  })

  it('leaves whoever asks a locked keychain waiting', async () => {
    const display = await closing(openDisplay())
    const session = await closing(openDesktopSession({ keychain: 'locked', env: { ...process.env, ...display.env } }))
    expect(() => secretTool(session.env, ['store', '--label=one', 'name', 'one'], 'hush')).toThrow('ETIMEDOUT')
  })

  it('has a private runtime folder and nothing of the outer session', async () => {
    const env = { ...process.env, SSH_AUTH_SOCK: '/outer', GIT_DIR: '/outer', XDG_CURRENT_DESKTOP: 'KDE' }
    const session = await closing(openDesktopSession({ keychain: 'no-bus', env }))
    expect(statSync(session.env.XDG_RUNTIME_DIR ?? '').mode & 0o777).toBe(0o700)
    expect(Object.values(session.env)).not.toContain('/outer')
    expect(session.env).not.toHaveProperty('XDG_CURRENT_DESKTOP')
    expect(session.env.HOME).toBe(session.home)
  })

  it('ends with every process that was started in it and with its folders', async () => {
    const session = await openDesktopSession({ keychain: 'absent' })
    const child = spawn('sleep', ['600'], { env: session.env, detached: true, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)))
    await session.close()
    expect(await ended).toBe('SIGTERM')
    expect(existsSync(session.home)).toBe(false)
  })
})
