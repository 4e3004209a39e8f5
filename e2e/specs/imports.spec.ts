import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, readyWindow, test } from '../fixtures/app'
import { goTo } from '../pages/sidebar'

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
  await expect(window.getByText('Connected as ada')).toBeVisible()
  await window.getByRole('button', { name: `Connect ada at ${other.address}` }).click()
  await expect(window.getByText('Connected as ada')).toHaveCount(2)
  expect(forge.requests.count('GET /api/v3/user')).toBeGreaterThan(0)
})
