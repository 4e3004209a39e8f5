import { startGitolite } from '../../fixtures/gitolite'
import { cloneSheet } from '../../pages/clone-sheet'
import { sshWizard } from '../../pages/ssh-wizard'
import type { Part } from '../stage'

/** Any other host: a real gitolite, reached by a key that the app makes. */
export const sshHost: Part = {
  steps: 3,
  prepare: async (onEnd) => {
    const host = await startGitolite({ 'team/app': { readers: ['ada'], branches: ['main', 'develop'] } })
    onEnd(host.close)
    return {
      env: {},
      play: async ({ window, steps, picture }) => {
        const wizard = sshWizard(window)
        await steps.run('"Other (SSH key)": the app makes a key and shows where to paste it', async () => {
          await wizard.open()
          await wizard.address.fill(host.address('team/app'))
          host.setPeople({ ada: await wizard.makeKey('team key') })
          await picture(window, 'ssh-key')
        })
        await steps.run('the host is confirmed by its fingerprint, and the account is connected', async () => {
          await wizard.connect.click()
          await wizard.question.waitFor()
          await picture(window, 'ssh-host-key')
          await wizard.trust()
          await wizard.connected(`${host.server.user}@127.0.0.1`).waitFor()
          await picture(window, 'ssh-connected')
        })
        await steps.run('its private repository is cloned by SSH', async () => {
          await window.getByRole('button', { name: 'Test clone', exact: true }).click()
          const { start, result, close } = cloneSheet(window)
          await start('Shallow test')
          await result.waitFor({ timeout: 30_000 })
          await picture(window, 'ssh-clone')
          await close()
        })
      },
    }
  },
}
