import { expect, readyWindow, test } from '../fixtures/app'
import { startGitolite } from '../fixtures/gitolite'
import { startGitHost } from '../fixtures/sshd'
import { account } from '../pages/accounts'
import { cloneSheet } from '../pages/clone-sheet'
import { sshWizard } from '../pages/ssh-wizard'

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
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(publicKey)
    host.authorize(publicKey)

    await wizard.connect.click()
    await expect(wizard.question).toContainText(host.hostPrint())
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
    await app.close()

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
    await expect(wizard.question).toContainText(host.hostPrint())
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
