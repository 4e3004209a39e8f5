import { join } from 'node:path'
import { startSshServer } from '../../src-main/testing/ssh-server'
import { expect, readyWindow, test } from '../fixtures/app'
import { addProduction, liveFile } from '../fixtures/deploying'
import { gitAs, startGitHost } from '../fixtures/sshd'
import { appScreens } from '../pages/apps'
import { sshWizard } from '../pages/ssh-wizard'

test('an app of a plain git host: the server’s key is added there by hand, and its branch is deployed', async ({
  launch,
}) => {
  test.setTimeout(150_000)
  const [host, machine] = await Promise.all([startGitHost(), startSshServer()])
  try {
    host.addRepository('team/app', ['trunk', 'develop'])
    const work = join(host.server.home, 'work/team/app')
    const commit = (text: string) => {
      gitAs(host.server, work, 'checkout', '-q', 'trunk')
      host.server.as('sh', '-c', `printf %s "${text}" > "${work}/index.html"`)
      gitAs(host.server, work, 'add', '.')
      gitAs(host.server, work, 'commit', '-q', '-m', `Write ${text}`)
      gitAs(host.server, work, 'push', '-q', '--all', join(host.server.home, 'team/app.git'))
    }
    commit('one')
    const window = await readyWindow(await launch())
    const wizard = sshWizard(window)
    await wizard.open()
    await wizard.address.fill(host.address('team/app'))
    host.authorize(await wizard.makeKey('my key'))
    await wizard.connect.click()
    await wizard.trust()
    await expect(wizard.connected(`${host.server.user}@127.0.0.1`)).toBeVisible()
    await addProduction(window, machine)

    const apps = appScreens(window)
    const folder = join(machine.home, 'apps/site')
    await apps.fill({ address: host.address('team/app'), server: 'Production', folder, name: 'site' })
    // The host itself says which branches it has.
    await expect(window.getByRole('combobox', { name: 'Branch' })).toHaveValue('trunk')
    await window.getByRole('button', { name: 'Check', exact: true }).click()
    // The server has a key of its own, which the host does not know yet.
    const card = window.getByRole('region', { name: 'Add this key to the repository' })
    await expect(card).toBeVisible({ timeout: 30_000 })
    host.authorize((await card.locator('code').textContent()) ?? '')
    // It is tried again by itself until the host lets it in.
    await window.getByRole('button', { name: 'Create app and deploy' }).click()
    await apps.agree('Create app')
    await expect(window.getByRole('heading', { name: 'site', level: 1 })).toBeVisible()
    await expect.poll(() => window.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0)
    await expect(apps.history.first()).toContainText('Live', { timeout: 30_000 })
    expect(liveFile(folder, 'index.html')).toBe('one')

    commit('two')
    await window.getByRole('button', { name: 'Deploy', exact: true }).click()
    await expect(apps.history.first()).toContainText('Write two', { timeout: 30_000 })
    await expect(apps.history.first()).toContainText('Live', { timeout: 30_000 })
    expect(liveFile(folder, 'index.html')).toBe('two')
  } finally {
    await Promise.all([host.close(), machine.close()])
  }
})
