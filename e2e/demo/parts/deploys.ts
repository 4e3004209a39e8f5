import { join } from 'node:path'
import { expect } from '@playwright/test'
import { startSshServer } from '../../../src-main/testing/ssh-server'
import { addProduction, createApp, liveFile } from '../../fixtures/deploying'
import { startForge } from '../../forge/forge'
import { appScreens } from '../../pages/apps'
import { wizard } from '../../pages/wizard'
import type { Part } from '../stage'

/** What the accounts are for: an app on a server of one's own, which a push redeploys. */
export const deploys: Part = {
  steps: 6,
  prepare: async (onEnd) => {
    const forge = await startForge({ dialect: 'github', ssh: true })
    onEnd(forge.close)
    const machine = await startSshServer()
    onEnd(machine.close)
    const repository = await forge.world.createRepository({
      owner: 'ada',
      name: 'shop',
      files: { 'index.html': 'one', 'README.md': 'A shop' },
    })
    const folder = join(machine.home, 'apps/shop')
    const live = () => liveFile(folder, 'index.html')
    return {
      env: {},
      play: async ({ window, steps, picture }) => {
        const apps = appScreens(window)
        const connect = wizard(window)
        await steps.run('an account is connected by token', async () => {
          await connect.open('GitHub', forge.address)
          await connect.connectWithToken(forge.personalAccessToken({ user: 'ada' }))
          await connect.connected('ada').waitFor()
          await window.getByRole('button', { name: 'Done' }).click()
        })
        await steps.run('a server is added: host key confirmed, key installed, checks passed', async () => {
          await addProduction(window, machine)
          await picture(window, 'server')
        })
        await steps.run('an app is created and deployed', async () => {
          const account = `ada · ${new URL(forge.address).host}`
          await createApp(window, { account, repository: 'ada/shop', folder, command: 'ls -l' }, (page) =>
            picture(page, 'look-ahead'),
          )
          expect(live()).toBe('one')
          await picture(window, 'deployed')
        })
        await steps.run('a push redeploys it', async () => {
          await expect(window.getByText('Each push deploys')).toBeVisible({ timeout: 20_000 })
          await forge.push(repository, { message: 'Lower the prices', files: { 'index.html': 'two' } })
          await expect.poll(live, { timeout: 20_000 }).toBe('two')
          await expect(apps.history.first()).toContainText('Lower the prices')
          await picture(window, 'redeployed')
        })
        await steps.run('its webhook is healthy', async () => {
          await apps.tab('Webhook')
          await expect(window.getByRole('tabpanel')).toContainText('Healthy', { timeout: 20_000 })
          await picture(window, 'webhook')
        })
        await steps.run('it is rolled back in one step', async () => {
          await apps.tab('Releases')
          await window
            .getByRole('button', { name: /^Roll back to / })
            .first()
            .click()
          await expect.poll(live, { timeout: 20_000 }).toBe('one')
          await expect(apps.history.first()).toContainText('Roll back')
          await picture(window, 'rolled-back')
        })
      },
    }
  },
}
