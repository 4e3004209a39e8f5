import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, readyWindow, test } from '../fixtures/app'
import { present } from '../fixtures/present'
import { quit } from '../fixtures/quit'
import type { Forge } from '../forge/forge'
import { account } from '../pages/accounts'
import { consentDialog } from '../pages/consent'
import { keyStorage } from '../pages/key-storage'
import { goTo } from '../pages/sidebar'
import { wizard } from '../pages/wizard'

const passphrase = 'nine crooked lanterns'

/** Connects ada by token; returns the token. */
const connect = async (window: Page, forge: Forge): Promise<string> => {
  const token = forge.personalAccessToken({ user: 'ada' })
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).connectWithToken(token)
  await expect(wizard(window).connected('ada')).toBeVisible()
  await window.getByRole('button', { name: 'Done' }).click()
  await expect(account(window, 'ada').row).toContainText('Connected')
  return token
}

/** Turns over one bit of a file, in the middle of the first text that `pattern` finds. */
const flipBit = async (file: string, pattern: RegExp): Promise<void> => {
  const bytes = await readFile(file)
  const found = present(pattern.exec(bytes.toString('latin1')))
  const at = found.index + Math.floor(found[0].length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  await writeFile(file, bytes)
}

test('an unlocked keychain keeps the key: nothing is asked, and nothing can be read on the disk', async ({
  startForge,
  launch,
  profile,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 2 })
  const first = await launch()
  const window = await readyWindow(first)
  await expect(keyStorage(window).mark('keychain')).toBeVisible()
  const token = await connect(window, forge)
  await quit(first)
  expect(await readFile(join(profile, 'vault.json'), 'utf8')).not.toContain(token)

  const again = await readyWindow(await launch())
  await expect(account(again, 'ada').row).toContainText('Connected')
  await expect(keyStorage(again).mark('keychain')).toBeVisible()
})

test('a keychain behind a dialog that nobody answers holds up nothing but the accounts', async ({
  startForge,
  launch,
  desktop,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 2 })
  const first = await launch()
  await connect(await readyWindow(first), forge)
  await quit(first)

  await desktop.setKeychain('locked')
  const app = await launch()
  const window = await readyWindow(app)
  await expect(account(window, 'ada').row).toContainText('Waiting for the keychain')
  await goTo(window, 'Repositories')
  await goTo(window, 'Git Accounts')
  await expect(keyStorage(window).mark('waiting for the keychain')).toBeVisible()

  await desktop.setKeychain('unlocked')
  const panel = await keyStorage(window).open()
  await panel.getByRole('button', { name: 'Ask again' }).click()
  await keyStorage(window).close()
  await expect(account(window, 'ada').row).toContainText('Connected')
})

test('a new keychain that does not answer can be done without', async ({ startForge, launch, desktop }) => {
  await desktop.setKeychain('locked')
  const forge = await startForge({ dialect: 'github', repositories: 2 })
  const window = await readyWindow(await launch())
  await expect(keyStorage(window).mark('waiting for the keychain')).toBeVisible()
  await keyStorage(window).open()
  await keyStorage(window).useSessionOnly()
  await keyStorage(window).close()
  await expect(keyStorage(window).mark('this session only')).toBeVisible()
  await connect(window, forge)
})

test.describe('without any keychain', () => {
  test.use({ keychain: 'no-bus' })

  test('a passphrase protects the secrets', async ({ startForge, launch, profile }) => {
    const forge = await startForge({ dialect: 'github', repositories: 2 })
    const first = await launch()
    const window = await readyWindow(first)
    await expect(window.getByText('Choose where secrets are kept')).toBeVisible()
    const panel = await keyStorage(window).open()
    await expect(panel.locator('input')).toHaveCount(0)
    await panel.getByRole('button', { name: 'Set passphrase' }).click()
    const consent = consentDialog(window)
    const dialog = await consent.type('too short')
    const verb = dialog.getByRole('button', { name: 'Set passphrase' })
    await expect(dialog.getByText('Use at least 10 characters.')).toBeVisible()
    await consent.type('Password2026!')
    await expect(dialog.getByText('This one is on every attacker’s list.')).toBeVisible()
    await consent.type(passphrase, 'nine crooked lamps')
    await expect(dialog.getByText('The two are not the same.')).toBeVisible()
    await expect(dialog.getByText('Strong', { exact: true })).toBeVisible()
    await dialog.getByLabel('Repeat it').press('Enter')
    await expect(verb).toBeDisabled()
    await expect(readFile(join(profile, 'vault.json'), 'utf8')).rejects.toThrow('ENOENT')
    await consent.type(passphrase)
    await expect(verb).toBeEnabled()
    await consent.agree('Set passphrase')
    await expect(panel.getByText('Open', { exact: true })).toBeVisible()
    await keyStorage(window).close()
    await connect(window, forge)
    await quit(first)
    expect(await readFile(join(profile, 'vault.json'), 'utf8')).not.toContain(passphrase)

    const again = await readyWindow(await launch())
    await expect(account(again, 'ada').row).toContainText('Locked')
    await account(again, 'ada').button('Unlock').click()
    await expect(again.getByRole('dialog').locator('input')).toHaveCount(0)
    await keyStorage(again).unlock('nine crooked lamps')
    await expect(again.getByText('That passphrase is not right')).toBeVisible()
    await keyStorage(again).unlock(passphrase)
    await expect(again.getByRole('dialog').getByText('Open', { exact: true })).toBeVisible()
    await keyStorage(again).close()
    await expect(keyStorage(again).mark('passphrase')).toBeVisible()
    await expect(account(again, 'ada').row).toContainText('Connected')
  })

  test('this session only forgets them, and the account asks to reconnect', async ({ startForge, launch, profile }) => {
    const forge = await startForge({ dialect: 'github', repositories: 2 })
    const first = await launch()
    const window = await readyWindow(first)
    await keyStorage(window).open()
    await keyStorage(window).useSessionOnly()
    await keyStorage(window).close()
    await connect(window, forge)
    await quit(first)
    expect((await readdir(profile)).filter((name) => name.startsWith('vault'))).toEqual([])

    const again = await readyWindow(await launch())
    await expect(account(again, 'ada').row).toBeVisible()
    await keyStorage(again).open()
    await keyStorage(again).useSessionOnly()
    await keyStorage(again).close()
    await expect(account(again, 'ada').button('Reconnect')).toBeVisible()
  })
})

test('a keychain that was wiped loses no account and no file', async ({ startForge, launch, desktop, profile }) => {
  const forge = await startForge({ dialect: 'github', repositories: 2 })
  const first = await launch()
  await connect(await readyWindow(first), forge)
  await quit(first)
  const before = await readFile(join(profile, 'vault.json'))

  await desktop.wipeKeychain()
  const window = await readyWindow(await launch())
  await expect(keyStorage(window).mark('secrets unreadable')).toBeVisible()
  await expect(account(window, 'ada').row).toBeVisible()
  expect(await readFile(join(profile, 'vault.json'))).toEqual(before)

  const panel = await keyStorage(window).open()
  await panel.getByRole('button', { name: 'Start over' }).click()
  await consentDialog(window).agree('Start over')
  await expect(panel.getByText('Open', { exact: true })).toBeVisible()
  await keyStorage(window).close()
  await expect(keyStorage(window).mark('keychain')).toBeVisible()
  await expect(account(window, 'ada').button('Reconnect')).toBeVisible()
  const aside = (await readdir(profile)).filter((name) => name.startsWith('vault.set-aside'))
  expect(aside.length).toBeGreaterThan(0)

  await account(window, 'ada').button('Reconnect').click()
  await wizard(window).connectWithToken(forge.personalAccessToken({ user: 'ada' }))
  await expect(wizard(window).connected('ada')).toBeVisible()
})

test('a flipped bit in the vault brings the last good copy back, and says so', async ({
  startForge,
  launch,
  profile,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 2 })
  const first = await launch()
  await connect(await readyWindow(first), forge)
  await quit(first)
  await flipBit(join(profile, 'vault.json'), /[A-Za-z0-9+/]{40,}/)

  const window = await readyWindow(await launch())
  await expect(window.getByText('Your stored secrets were restored')).toBeVisible()
  await expect(account(window, 'ada').row).toContainText('Connected')
  expect((await readdir(profile)).filter((name) => name.startsWith('vault.corrupt'))).toHaveLength(1)
})

test('a broken account file comes back, and says so', async ({ startForge, launch, profile }) => {
  const forge = await startForge({ dialect: 'github', repositories: 2 })
  const first = await launch()
  await connect(await readyWindow(first), forge)
  await quit(first)
  await writeFile(join(profile, 'accounts.json'), '{"accounts": [{"id":')
  await writeFile(join(profile, 'settings.json'), '\0\0\0')

  const window = await readyWindow(await launch())
  await expect(window.getByText('Your settings were restored').first()).toBeVisible()
  await expect(account(window, 'ada').row).toContainText('Connected')
})
