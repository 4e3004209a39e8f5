import { join } from 'node:path'
import { startSshServer } from '../../src-main/testing/ssh-server'
import { expect, readyWindow, test } from '../fixtures/app'
import { addProduction, createApp, liveFile } from '../fixtures/deploying'
import { appScreens } from '../pages/apps'
import { consentDialog } from '../pages/consent'
import { wizard } from '../pages/wizard'
import { file, folder, link, writeCommit } from './raw-objects'

test('a repository that is not safe is told apart from one with an old, harmless mistake, which a person may allow', async ({
  launch,
  startForge,
}) => {
  test.setTimeout(120_000)
  const forge = await startForge({ dialect: 'github', ssh: true })
  const machine = await startSshServer()
  try {
    const repository = await forge.world.createRepository({ owner: 'ada', name: 'shop', files: { a: 'one' } })
    const directory = await forge.world.git.directory(repository)
    const put = async (...entries: Parameters<typeof writeCommit>[1]) => {
      await forge.world.git.run(repository, ['update-ref', 'refs/heads/main', writeCommit(directory, entries)])
    }
    const place = join(machine.home, 'apps/shop')
    const window = await readyWindow(await launch())
    const connect = wizard(window)
    await connect.open('GitHub', forge.address)
    await connect.connectWithToken(forge.personalAccessToken({ user: 'ada' }))
    await expect(connect.connected('ada')).toBeVisible()
    await addProduction(window, machine)
    await createApp(window, { repository: 'ada/shop', folder: place, autoDeploy: false })
    const apps = appScreens(window)
    const deploy = () => window.getByRole('button', { name: 'Deploy', exact: true }).click()
    const allow = window.getByRole('button', { name: 'Allow for this app' })

    await put(folder('x', file('authorized_keys')), link('x', machine.home))
    await deploy()
    await expect(window.getByText('Git’s check “duplicateEntries” rejected the object')).toBeVisible({
      timeout: 30_000,
    })
    await expect(allow).toHaveCount(0)

    await put({ mode: '040000', name: 'old', tree: [file('page', 'two')] })
    await deploy()
    await expect(window.getByText('Git’s check “zeroPaddedFilemode” rejected the object')).toBeVisible({
      timeout: 30_000,
    })
    await allow.click()
    const consent = consentDialog(window)
    await expect(await consent.open()).toContainText('zeroPaddedFilemode')
    await consent.agree('Change app')
    await expect(apps.history.first()).toContainText('Live', { timeout: 30_000 })
    await expect.poll(() => liveFile(place, 'old/page')).toBe('two')

    // It stays in sight, so that it can be withdrawn.
    await apps.choose('shop', 'Edit')
    await expect(window.getByLabel('Allow “zeroPaddedFilemode”')).toBeChecked()
  } finally {
    await machine.close()
  }
})
