import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, readyWindow, test } from '../fixtures/app'
import { makeKeyFile, startGitHost } from '../fixtures/sshd'
import { consentDialog } from '../pages/consent'
import { goTo } from '../pages/sidebar'
import { sshWizard } from '../pages/ssh-wizard'

test('logins of other programs are shown after a click and connected one by one', async ({
  startForge,
  launch,
  desktop,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const token = forge.personalAccessToken({ user: 'ada', scopes: ['repo', 'read:user'] })
  const { protocol, host } = new URL(forge.address)
  await writeFile(join(desktop.home, '.git-credentials'), `${protocol}//ada:${token}@${host}\n`)
  const gh = join(desktop.env.XDG_CONFIG_HOME ?? '', 'gh')
  await mkdir(gh, { recursive: true })
  await writeFile(join(gh, 'hosts.yml'), 'ghe.example.test:\n    user: grace\n    oauth_token: gho_other\n')
  // Any helper that git has, as Git Credential Manager is one.
  const other = await startForge({ dialect: 'gitea', repositories: 3 })
  const helper = join(desktop.home, 'credential-manager')
  const answer = `username=ada\\npassword=${other.personalAccessToken({ user: 'ada' })}\\n`
  const asked = `host=${new URL(other.address).host}`
  await writeFile(helper, `#!/bin/sh\n[ "$1" = get ] && grep -qx '${asked}' && printf '${answer}'\n:\n`, {
    mode: 0o755,
  })
  const config = `[credential]\n\thelper = ${helper}\n[credential "${other.address}"]\n\tusername = ada\n`
  await writeFile(join(desktop.home, '.gitconfig'), config)

  const window = await readyWindow(await launch())
  await goTo(window, 'General')
  await expect(window.getByText('grace')).toHaveCount(0)
  await window.getByRole('button', { name: 'Look for logins' }).click()
  await expect(window.getByRole('list', { name: 'Import what you already have' }).getByRole('listitem')).toHaveCount(3)
  expect(await window.content()).not.toContain(token)
  await window.getByRole('button', { name: `Connect ada at ${forge.address}` }).click()
  await consentDialog(window).agree('Use this login')
  await expect(window.getByText('Connected as ada')).toBeVisible()
  await window.getByRole('button', { name: `Connect ada at ${other.address}` }).click()
  await consentDialog(window).agree('Use this login')
  await expect(window.getByText('Connected as ada')).toHaveCount(2)
  expect(forge.requests.count('GET /api/v3/user')).toBeGreaterThan(0)
})

test('a key of ~/.ssh is read after a click, and opens a host with its passphrase', async ({ launch, desktop }) => {
  const host = await startGitHost()
  try {
    host.addRepository('team/app')
    await mkdir(join(desktop.home, '.ssh'), { mode: 0o700 })
    const file = makeKeyFile(join(desktop.home, '.ssh'), 'id_ed25519', '-t', 'ed25519', '-N', 'a good passphrase')
    const publicKey = await readFile(`${file}.pub`, 'utf8')
    host.authorize(publicKey)
    const before = await readdir(join(desktop.home, '.ssh'))

    const window = await readyWindow(await launch())
    const wizard = sshWizard(window)
    await wizard.open()
    await wizard.address.fill(host.address('team/app'))
    await window.getByText('Import a private key').click()
    await window.getByRole('button', { name: 'Look in ~/.ssh' }).click()
    await expect(window.getByRole('combobox', { name: 'Key' })).toContainText('id_ed25519, with a passphrase')
    await window.getByRole('textbox', { name: 'Passphrase' }).fill('wrong')
    await window.getByRole('button', { name: 'Import key' }).click()
    await expect(window.getByText('That passphrase is not right.')).toBeVisible()
    await window.getByRole('textbox', { name: 'Passphrase' }).fill('a good passphrase')
    await window.getByRole('button', { name: 'Import key' }).click()
    expect((await wizard.publicKey()).split(' ')[1]).toBe(publicKey.split(' ')[1])
    await wizard.connect.click()
    await wizard.trust()
    await expect(wizard.connected(`${host.server.user}@127.0.0.1`)).toBeVisible()
    expect(await readdir(join(desktop.home, '.ssh'))).toEqual(before)
  } finally {
    await host.close()
  }
})
