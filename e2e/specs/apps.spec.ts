import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from '../../src-main/ssh/fingerprint'
import { freePort } from '../../src-main/testing/free-port'
import { startSshServer } from '../../src-main/testing/ssh-server'
import { expect, readyWindow, test } from '../fixtures/app'
import { addProduction, createApp, hooksOf, liveFile } from '../fixtures/deploying'
import { quit } from '../fixtures/quit'
import { command } from '../fixtures/terminal'
import { closeWindow } from '../fixtures/windows'
import { appScreens } from '../pages/apps'
import { consentDialog } from '../pages/consent'
import { serverScreen } from '../pages/servers'
import { wizard } from '../pages/wizard'

test('a push redeploys an app on a server of one’s own, also while this app is closed', async ({
  shell,
  launch,
  startForge,
  desktop,
  profile,
}) => {
  test.setTimeout(150_000)
  const forge = await startForge({ dialect: 'github', ssh: true })
  const machine = await startSshServer()
  try {
    const repository = await forge.world.createRepository({
      owner: 'ada',
      name: 'shop',
      files: { 'index.html': 'one', 'docs/a.md': 'a' },
    })
    const folder = join(machine.home, 'apps/shop')
    const live = () => liveFile(folder, 'index.html')
    const app = await launch()
    const window = await readyWindow(app)
    const connect = wizard(window)
    await connect.open('GitHub', forge.address)
    await connect.connectWithToken(forge.personalAccessToken({ user: 'ada' }))
    await expect(connect.connected('ada')).toBeVisible()

    const server = serverScreen(window)
    await server.add({ name: 'Production', host: machine.host, port: machine.port, user: machine.user })
    await expect(await server.compare()).toContainText(fingerprint(machine.hostKey.blob))
    await server.trust()
    await expect(server.check('Log in')).toContainText('does not know this key')
    const publicKey = await server.publicKey()
    await window.getByRole('button', { name: 'Copy public key' }).click()
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(publicKey)
    machine.authorize(publicKey)
    await server.choose('Production', 'Check again')
    await expect(window.getByText('Ready', { exact: true })).toBeVisible({ timeout: 20_000 })
    await server.setReceiver('Loopback, behind a proxy', await freePort())

    const apps = appScreens(window)
    await apps.fill({
      repository: 'ada/shop',
      server: 'Production',
      folder,
      command: 'echo "made with $WORD"; ! grep -q broken index.html',
      variables: { WORD: 'very-secret-word' },
      watchPaths: 'index.html',
    })
    await window.getByRole('button', { name: 'Check', exact: true }).click()
    await expect(apps.item('Host key of the git host')).toBeVisible()
    await apps.trust()
    await expect(window.getByText('Both can clone it.')).toBeVisible({ timeout: 30_000 })
    await window.getByRole('button', { name: 'Create app and deploy' }).click()
    await apps.agree('Create app')

    await expect(window.getByRole('heading', { name: 'shop', level: 1 })).toBeVisible()
    await expect(apps.history).toHaveText([/Live.*First deploy/s], { timeout: 30_000 })
    expect(live()).toBe('one')
    await expect(apps.log).toContainText('made with')
    await expect(apps.log).not.toContainText('very-secret-word')
    await expect(window.getByText('Each push deploys')).toBeVisible({ timeout: 20_000 })
    expect(forge.state.deployKeys.of(repository.id).map(({ canPush }) => canPush)).toEqual([false])

    await forge.push(repository, { message: 'Second', files: { 'index.html': 'two' } })
    await expect(apps.history.first()).toContainText('Second', { timeout: 20_000 })
    await expect(apps.history.first()).toContainText('Push')
    await expect.poll(live).toBe('two')

    const byHand = await command(desktop.env, profile, 'deploy', 'shop', '--json')
    expect(JSON.parse(byHand.stdout)).toMatchObject({ app: 'shop', state: 'succeeded', subject: 'Second' })
    await expect(command(desktop.env, profile, 'deploy', 'shoes')).rejects.toThrow('There is no shoes here')

    // Without a window what matters is told, and the tray deploys; what runs stays.
    const tray = await shell.tray()
    const told = (title: string) => shell.notifications.filter((one) => one.title === title).length
    await closeWindow(app)
    await forge.push(repository, { message: 'Broken', files: { 'index.html': 'broken' } })
    await expect.poll(() => told('Deploy of shop failed'), { timeout: 20_000 }).toBe(1)
    await tray.choose('Deploy', '✕ shop', 'Deploy now')
    await expect.poll(() => told('Deploy of shop failed'), { timeout: 20_000 }).toBe(2)
    expect(live()).toBe('two')

    await quit(app)
    await forge.push(repository, { message: 'Third', files: { 'index.html': 'three' } })
    await expect.poll(live, { timeout: 20_000 }).toBe('three')

    const later = await readyWindow(await launch())
    const again = appScreens(later)
    await again.open('shop')
    await expect(again.history.first()).toContainText('Third', { timeout: 20_000 })
    await again.tab('Releases')
    const releases = later.getByRole('list', { name: /^The newest three releases/ }).getByRole('listitem')
    await expect(releases).toHaveCount(3)
    await later
      .getByRole('button', { name: /^Roll back to / })
      .first()
      .click()
    await expect(again.history.first()).toContainText('Roll back', { timeout: 20_000 })
    await expect.poll(live).toBe('two')
  } finally {
    await machine.close()
  }
})

test('a webhook is watched, repaired, tested and renewed; what was made goes with its app and its server', async ({
  launch,
  startForge,
}) => {
  test.setTimeout(150_000)
  const forge = await startForge({ dialect: 'github', ssh: true })
  const machine = await startSshServer()
  try {
    const repository = await forge.world.createRepository({ owner: 'ada', name: 'shop', files: { a: 'one' } })
    const folder = join(machine.home, 'apps/shop')
    const window = await readyWindow(await launch())
    const connect = wizard(window)
    await connect.open('GitHub', forge.address)
    await connect.connectWithToken(forge.personalAccessToken({ user: 'ada' }))
    await expect(connect.connected('ada')).toBeVisible()
    await addProduction(window, machine)
    await createApp(window, { repository: 'ada/shop', folder })

    const apps = appScreens(window)
    await apps.tab('Webhook')
    const panel = window.getByRole('tabpanel')
    await expect(panel).toContainText('Healthy', { timeout: 20_000 })
    await expect(panel).toContainText('listening')
    await panel.getByRole('button', { name: 'Send test' }).click()
    await expect(panel.getByRole('status').first()).toHaveText('The test arrived.', { timeout: 20_000 })
    await expect(panel).toContainText('seen by the server')
    const choose = async (item: string) => {
      await panel.getByRole('button', { name: 'More for the webhook' }).click()
      await window.getByRole('menuitem', { name: item }).click()
    }
    const before = hooksOf(forge, repository)[0]?.secret
    await choose('Rotate secret')
    await window.getByRole('dialog').getByRole('button', { name: 'Rotate secret' }).click()
    await expect(panel.getByRole('status').first()).toHaveText('The secret is new.', { timeout: 20_000 })
    expect(hooksOf(forge, repository)[0]?.secret).not.toBe(before)
    await forge.push(repository, { message: 'Two', files: { a: 'two' } })
    await expect.poll(() => liveFile(folder, 'a'), { timeout: 20_000 }).toBe('two')

    for (const hook of hooksOf(forge, repository)) forge.state.hooks.remove(hook)
    await choose('Check again')
    await expect(panel).toContainText('It was deleted there.')
    await panel.getByRole('button', { name: 'Repair' }).click()
    await expect(panel).toContainText(/Healthy|Nothing arrived yet/, { timeout: 20_000 })
    expect(hooksOf(forge, repository)).toHaveLength(1)

    await apps.tab('Watch paths')
    await window.getByRole('textbox', { name: 'Watch paths' }).fill('docs/')
    await expect(window.getByText('0 of the last 2 commits would have deployed.')).toBeVisible()
    await window.getByRole('textbox', { name: 'Watch paths' }).fill('*')
    await expect(window.getByText('2 of the last 2 commits would have deployed.')).toBeVisible()

    await apps.choose('shop', 'Edit')
    await window.getByLabel('After-deploy command').fill('echo no; exit 3')
    await window.getByRole('button', { name: 'Check', exact: true }).click()
    await window.getByRole('button', { name: 'Save', exact: true }).click({ timeout: 30_000 })
    await apps.agree('Change app')
    await window.getByRole('button', { name: 'Deploy', exact: true }).click()
    await expect(window.getByRole('alert')).toContainText('The after-deploy command failed.', { timeout: 20_000 })
    await expect(window.getByRole('alert')).toContainText('It ended with status 3.')
    expect(liveFile(folder, 'a')).toBe('two')

    await apps.choose('shop', 'Remove app')
    const dialog = window.getByRole('dialog')
    await expect(dialog).toContainText('The webhook of ada/shop')
    await dialog.getByText('Also remove its folder on the server').click()
    await dialog.getByRole('button', { name: 'Remove app' }).click()
    await expect(await consentDialog(window).open()).toContainText(folder)
    await apps.agree('Remove app')
    await expect(dialog).toContainText('Everything that the app had made was removed', { timeout: 20_000 })
    await dialog.getByRole('button', { name: 'Done' }).click()
    expect(hooksOf(forge, repository)).toEqual([])
    expect(forge.state.deployKeys.of(repository.id)).toEqual([])
    expect(existsSync(folder)).toBe(false)

    const server = serverScreen(window)
    await server.open('Production')
    await server.choose('Production', 'Remove server')
    // What lies there is listed first, and the dialog grows with it.
    await expect(dialog).toContainText('Authorized key')
    await dialog.getByRole('button', { name: 'Remove server' }).click()
    await consentDialog(window).agree('Remove server')
    await expect(dialog).toContainText('Everything that the app had made was removed', { timeout: 20_000 })
    await dialog.getByRole('button', { name: 'Done' }).click()
    expect(existsSync(join(machine.home, '.cloudaipilot'))).toBe(false)
    await expect.poll(() => machine.processes()).toEqual([])
  } finally {
    await machine.close()
  }
})

test('a token that may not make hooks or keys is told apart when they are wanted, and replaced there', async ({
  launch,
  startForge,
}) => {
  test.setTimeout(90_000)
  const forge = await startForge({ dialect: 'gitlab', ssh: true })
  const machine = await startSshServer()
  try {
    await forge.world.createRepository({ owner: 'ada', name: 'shop', files: { a: 'one' } })
    const window = await readyWindow(await launch())
    const connect = wizard(window)
    await connect.open('GitLab', forge.address)
    const scopes = ['read_user', 'read_api', 'read_repository']
    await connect.connectWithToken(forge.personalAccessToken({ user: 'ada', scopes }))
    await expect(connect.connected('ada')).toBeVisible()
    await addProduction(window, machine)
    const apps = appScreens(window)
    await apps.fill({ server: 'Production', repository: 'ada/shop', folder: join(machine.home, 'shop') })
    await window.getByRole('button', { name: 'Check', exact: true }).click()
    await apps.trust()
    const failure = window.getByRole('alert').filter({ hasText: 'This account lacks the scope “api”.' })
    await failure.getByRole('button', { name: 'Reconnect' }).click({ timeout: 20_000 })
    await expect(window.getByRole('heading', { name: 'Reconnect ada' })).toBeVisible()
    await expect(window.getByText('this asks for more than reading')).toBeVisible()
    await connect.connectWithToken(forge.personalAccessToken({ user: 'ada', scopes: ['api', 'read_repository'] }))
    await expect(connect.connected('ada')).toBeVisible()
  } finally {
    await machine.close()
  }
})
