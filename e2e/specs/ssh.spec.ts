import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, readyWindow, test } from '../fixtures/app'
import { startGitolite } from '../fixtures/gitolite'
import { quit } from '../fixtures/quit'
import { makeKeyFile, startGitHost } from '../fixtures/sshd'
import { account } from '../pages/accounts'
import { cloneSheet } from '../pages/clone-sheet'
import { consentDialog } from '../pages/consent'
import { repositories } from '../pages/repositories'
import { goTo } from '../pages/sidebar'
import { sshWizard } from '../pages/ssh-wizard'
import { wizard } from '../pages/wizard'

const allSteps = [
  'Find the host',
  'Reach its SSH port',
  'Check the host key',
  'Log in with the key',
  'Read the repository',
  'List the branches',
]

test('connects a plain git host from nothing, clones from it, and is still there after a restart', async ({
  launch,
  desktop,
}) => {
  test.setTimeout(120_000)
  const host = await startGitHost()
  try {
    host.addRepository('team/app', ['trunk', 'develop', 'feature/one'])
    const app = await launch()
    const window = await readyWindow(app)
    const wizard = sshWizard(window)
    await wizard.open()
    await wizard.address.fill(host.address('team/app'))
    const publicKey = await wizard.makeKey('build key')
    await window.getByRole('button', { name: 'Copy public key' }).click()
    await expect(window.getByRole('button', { name: 'Copied' })).toBeVisible()
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(publicKey)
    host.authorize(publicKey)

    await wizard.connect.click()
    await expect(await wizard.compare()).toContainText(host.hostPrint())
    await wizard.trust()
    await expect(wizard.connected(`${host.server.user}@127.0.0.1`)).toBeVisible()

    await window.getByRole('button', { name: 'Test clone', exact: true }).click()
    const { sheet, start, result, again, close } = cloneSheet(window)
    const branch = sheet.getByRole('combobox', { name: 'Branch' })
    await expect(branch).toHaveValue('trunk')
    await branch.click()
    await expect(window.getByRole('option')).toHaveText([/^trunk/, 'develop', 'feature/one'])
    await window.getByRole('option', { name: 'develop' }).click()
    await start('Quick check')
    await expect(result).toContainText('develop')
    await again()
    await start('Shallow test')
    await expect(result).toContainText('Begin develop')
    await again()
    const folder = `${desktop.home}/clone`
    await app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
    }, folder)
    await start('Full clone')
    await expect(result).toContainText(folder)
    await close()
    await quit(app)

    const later = await readyWindow(await launch())
    const { row } = account(later, `${host.server.user}@127.0.0.1`)
    await expect(row).toContainText('Connected')
    await expect(row).toContainText(host.address('team/app'))
    await account(later, `${host.server.user}@127.0.0.1`).button('Refresh').click()
    await expect(row).toContainText('Connected')
  } finally {
    await host.close()
  }
})

test('on gitolite the key opens what its rules allow, and what they do not is named', async ({ window }) => {
  test.setTimeout(90_000)
  const host = await startGitolite({
    'team/app': { readers: ['ada'], branches: ['trunk', 'develop'] },
    'team/secret': { readers: ['admin'], branches: ['main'] },
  })
  try {
    const wizard = sshWizard(window)
    await wizard.open()
    await wizard.address.fill(host.address('team/app'))
    const publicKey = await wizard.makeKey('gitolite key')
    await wizard.connect.click()
    await expect(await wizard.compare()).toContainText(host.hostPrint())
    await wizard.trust()
    await expect(wizard.failure).toContainText('Permission denied (publickey)')
    await expect(wizard.failure).toContainText('SHA256:')

    host.setPeople({ ada: publicKey })
    await window.getByRole('button', { name: 'Test connection' }).click()
    // What gitolite greets people with.
    await expect(wizard.step('Log in with the key')).toContainText('hello ada')
    await expect.poll(wizard.passed).toEqual(allSteps)
    await wizard.connect.click()
    await expect(wizard.connected(`${host.server.user}@127.0.0.1`)).toBeVisible()
    await window.getByRole('button', { name: 'Test clone', exact: true }).click()
    const { sheet, start, result, close } = cloneSheet(window)
    await expect(sheet.getByRole('combobox', { name: 'Branch' })).toHaveValue('trunk')
    await start('Shallow test')
    await expect(result).toContainText('Begin trunk')
    await close()

    await wizard.open()
    await wizard.address.fill(host.address('team/secret'))
    await window.getByRole('radio', { name: 'Use a key that is here' }).check()
    await window.getByRole('button', { name: 'Use key' }).click()
    await wizard.connect.click()
    await expect(wizard.failure).toContainText('team/secret')
    await expect(wizard.step('Read the repository')).toContainText('failed')
  } finally {
    await host.close()
  }
})

test('an account adds a key to a repository as its read-only deploy key, clones with it, and takes it away', async ({
  startForge,
  window,
}) => {
  const forge = await startForge({ dialect: 'github', ssh: true })
  const engine = await forge.world.createRepository({ owner: 'ada', name: 'engine' })
  await forge.world.createRepository({ owner: 'ada', name: 'other' })
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).connectWithToken(forge.personalAccessToken({ user: 'ada' }))
  await expect(wizard(window).connected('ada')).toBeVisible()

  await goTo(window, 'SSH keys')
  await window.getByRole('button', { name: 'New SSH key' }).first().click()
  const dialog = window.getByRole('dialog', { name: 'New SSH key' })
  await dialog.getByRole('button', { name: 'Make key' }).click()
  await expect(dialog).toBeHidden()
  const panel = window.getByRole('region', { name: 'Deploy key by your account' })
  const add = async (path: string) => {
    const field = panel.getByRole('combobox', { name: 'Repository' })
    await field.click()
    await field.fill(path)
    await window.getByRole('option', { name: path }).click()
    await panel.getByRole('button', { name: 'Add as deploy key' }).click()
  }
  await add('ada/engine')
  const places = panel.getByRole('list', { name: 'Repositories with this deploy key' }).getByRole('listitem')
  await expect(places).toHaveText([/ada\/engine/])
  expect(forge.state.deployKeys.of(engine.id).map(({ canPush }) => canPush)).toEqual([false])
  await add('ada/other')
  await expect(panel.getByRole('alert')).toContainText('has this key already')
  await expect(places).toHaveCount(1)

  await goTo(window, 'Repositories')
  await repositories(window).search.fill('ada/engine')
  await window.getByRole('button', { name: 'Test clone ada/engine' }).click()
  const { sheet, start, result, close } = cloneSheet(window)
  await sheet.getByRole('combobox', { name: 'By' }).selectOption('ssh')
  await start('Quick check')
  await sheet.getByRole('button', { name: 'Compare host key' }).click()
  await consentDialog(window).agree('Trust this key')
  await expect(result).toBeVisible()
  await close()

  await goTo(window, 'SSH keys')
  await window.getByRole('button', { name: 'Show key' }).click()
  await places.getByRole('button', { name: 'Remove' }).click()
  await expect(places).toHaveCount(0)
  expect(forge.state.deployKeys.of(engine.id)).toEqual([])
})

test('a host and a key that a certificate authority vouches for are used without a question about the host', async ({
  app,
  window,
  desktop,
}) => {
  const authority = makeKeyFile(desktop.home, 'authority', '-t', 'ed25519', '-N', '')
  const host = await startGitHost({ config: [`TrustedUserCAKeys ${join(desktop.home, 'authority.pub')}`] })
  try {
    await host.server.certifyHost(authority, '-n', '127.0.0.1')
    host.addRepository('team/app')
    await goTo(window, 'Host keys')
    await window.getByRole('button', { name: 'Add lines…' }).click()
    const dialog = window.getByRole('dialog', { name: 'Add host keys' })
    const line = `@cert-authority [127.0.0.*]:* ${readFileSync(`${authority}.pub`, 'utf8')}`
    await dialog.getByLabel('Lines of a known_hosts file').fill(line)
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await consentDialog(window).agree('Add to host keys')
    await expect(window.getByRole('listitem', { name: '[127.0.0.*]:*' })).toContainText('certificate authority')

    await goTo(window, 'SSH keys')
    await window.getByRole('button', { name: 'New SSH key' }).first().click()
    const making = window.getByRole('dialog', { name: 'New SSH key' })
    await making.getByRole('button', { name: 'Make key' }).click()
    await expect(making).toBeHidden()
    const file = join(desktop.home, 'key.pub')
    writeFileSync(file, `${await sshWizard(window).publicKey()}\n`)
    execFileSync('ssh-keygen', ['-q', '-s', authority, '-I', 'ada@acme', '-n', host.server.user, file])
    await app.evaluate(
      ({ dialog: system }, path) => {
        system.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
      },
      join(desktop.home, 'key-cert.pub'),
    )
    const certificate = window.getByRole('region', { name: 'Certificate' })
    await certificate.getByRole('button', { name: 'Add certificate…' }).click()
    await expect(certificate).toContainText(`ada@acme · ${host.server.user}`)

    const wizard = sshWizard(window)
    await wizard.open()
    await wizard.address.fill(host.address('team/app'))
    await window.getByRole('radio', { name: 'Use a key that is here' }).check()
    await window.getByRole('button', { name: 'Use key' }).click()
    await wizard.connect.click()
    await expect(wizard.connected(`${host.server.user}@127.0.0.1`)).toBeVisible()
  } finally {
    await host.close()
  }
})
