import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fingerprint } from '../../src-main/ssh/fingerprint'
import { listen } from '../../src-main/testing/loopback-server'
import { startSshServer } from '../../src-main/testing/ssh-server'
import { expect, readyWindow, test } from '../fixtures/app'
import { appScreens } from '../pages/apps'
import { serverScreen } from '../pages/servers'
import { wizard } from '../pages/wizard'

const freePort = async (): Promise<number> => {
  const server = await listen(createServer())
  await server.close()
  return server.port
}

test('a push redeploys an app on a server of one’s own, also while this app is closed', async ({
  launch,
  startForge,
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
    const live = () => {
      const file = join(folder, 'current/index.html')
      return existsSync(file) ? readFileSync(file, 'utf8') : null
    }
    const app = await launch()
    const window = await readyWindow(app)
    const connect = wizard(window)
    await connect.open('GitHub', forge.address)
    await connect.connectWithToken(forge.personalAccessToken({ user: 'ada' }))
    await expect(connect.connected('ada')).toBeVisible()

    const server = serverScreen(window)
    await server.add({ name: 'Production', host: machine.host, port: machine.port, user: machine.user })
    await expect(server.question).toContainText(fingerprint(machine.hostKey.blob))
    await server.trust()
    await expect(server.check('Log in')).toContainText('does not know this key')
    if (machine.password === null) machine.authorize(await server.publicKey())
    else await server.installKey(machine.password)
    await server.choose('Production', 'Check again')
    await expect(window.getByText('Ready', { exact: true })).toBeVisible({ timeout: 20_000 })
    await server.setReceiver('Loopback, behind a proxy', await freePort())

    const apps = appScreens(window)
    await apps.fill({
      repository: 'ada/shop',
      server: 'Production',
      folder,
      command: 'echo "made with $WORD"; test -f index.html',
      variables: { WORD: 'very-secret-word' },
      watchPaths: 'index.html',
    })
    await window.getByRole('button', { name: 'Check', exact: true }).click()
    await expect(apps.item('Host key of the git host')).toBeVisible()
    await window.getByRole('button', { name: 'Trust this host key' }).click()
    await expect(window.getByText('Both can clone it.')).toBeVisible({ timeout: 30_000 })
    await window.getByRole('button', { name: 'Create app and deploy' }).click()

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

    await app.close()
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
