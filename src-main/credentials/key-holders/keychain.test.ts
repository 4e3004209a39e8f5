import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type DesktopSession, openDesktopSession } from '../../../scripts/desktop-session.mjs'
import { openDisplay } from '../../../scripts/display.mjs'
import { systemClock } from '../../clock'
import { forkKeychain } from '../../testing/fork-keychain'
import { createDataKey } from '../envelope'
import type { Secret } from '../secret'
import { createKeychainHolder, type Keychain } from './keychain'
import { createKeychain } from './keychain-client'

// The real thing: gnome-keyring on a bus of its own. Other systems' stores are the person's and can't be made apart.
const service = 'CloudAIPilot unit test'

describe.runIf(process.platform === 'linux')('the Secret Service', () => {
  let session: DesktopSession
  let keychain: Keychain

  beforeAll(async () => {
    session = await openDesktopSession()
  }, 30_000)
  afterAll(() => session.close())
  afterEach(() => keychain.dismiss())

  const connect = async (state: Parameters<DesktopSession['setKeychain']>[0], to = session) => {
    await to.setKeychain(state)
    keychain = createKeychain(forkKeychain(to.env), systemClock)
    return createKeychainHolder(keychain, service)
  }
  const only = (key: Secret) => (other: Secret) => other.reveal() === key.reveal()

  it('keeps a key over a restart, finds it, and forgets it', async () => {
    const key = createDataKey()
    const holder = await connect('unlocked')
    expect(await holder.available()).toBe(true)
    const record = await holder.keep('one', key)
    const again = await connect('unlocked')
    expect((await again.fetch(record, only(key)))?.reveal()).toBe(key.reveal())
    expect((await again.fetch({ ...record, account: 'other' }, only(key)))?.reveal()).toBe(key.reveal())
    await again.forget(record)
    await again.forget(record)
    expect(await again.fetch(record, only(key))).toBeNull()
  })

  it('holds a password of 10 kB, should it have to', async () => {
    await connect('unlocked')
    await keychain.setPassword(service, 'big', 'x'.repeat(10_240))
    expect(await keychain.getPassword(service, 'big')).toHaveLength(10_240)
    expect(await keychain.deletePassword(service, 'big')).toBe(true)
    expect(await keychain.deletePassword(service, 'big')).toBe(false)
  })

  it('says that it is empty after it was wiped', async () => {
    const key = createDataKey()
    const record = await (await connect('unlocked')).keep('two', key)
    await session.wipeKeychain()
    expect(await (await connect('unlocked')).fetch(record, only(key))).toBeNull()
  })

  it('says that there is none: no service, no bus', async () => {
    for (const state of ['absent', 'no-bus'] as const) {
      const holder = await connect(state)
      expect(await holder.available()).toBe(false)
      await expect(holder.keep('three', createDataKey())).rejects.toMatchObject({ code: 'keychain-unavailable' })
    }
  })

  it('says that it is locked where no dialog can open', async () => {
    const key = createDataKey()
    const record = await (await connect('unlocked')).keep('four', key)
    const holder = await connect('locked')
    expect(await holder.available()).toBe(true)
    await expect(holder.fetch(record, only(key))).rejects.toMatchObject({ code: 'keychain-locked' })
  })

  it('can be left alone behind a dialog that nobody answers, with the event loop free', async () => {
    const display = await openDisplay()
    onTestFinished(display.close)
    const withDisplay = await openDesktopSession({ env: { ...process.env, ...display.env } })
    onTestFinished(withDisplay.close)
    const key = createDataKey()
    const record = await (await connect('unlocked', withDisplay)).keep('five', key)
    const holder = await connect('locked', withDisplay)
    const ended = vi.fn()
    const fetched = holder.fetch(record, only(key))
    fetched.then(ended, ended)
    await vi.waitFor(() => expect(hasDialog(withDisplay.env)).resolves.toBe(true), { timeout: 10_000, interval: 100 })
    expect(ended).not.toHaveBeenCalled()
    holder.dismiss()
    await expect(fetched).rejects.toMatchObject({ code: 'cancelled' })
    const later = await connect('unlocked', withDisplay)
    expect((await later.fetch(record, only(key)))?.reveal()).toBe(key.reveal())
  }, 30_000)
})

/** Whether the system's password dialog is there. */
const hasDialog = async (env: NodeJS.ProcessEnv): Promise<boolean> => {
  const call = 'org.freedesktop.DBus.NameHasOwner string:org.gnome.keyring.SystemPrompter'
  const { stdout } = await promisify(execFile)(
    'dbus-send',
    ['--session', '--dest=org.freedesktop.DBus', '--print-reply', '/org/freedesktop/DBus', ...call.split(' ')],
    { env },
  )
  return stdout.includes('boolean true')
}
