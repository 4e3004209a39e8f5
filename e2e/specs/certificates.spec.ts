import { makeCertificate } from '../../src-main/testing/certificates'
import { startConnectProxy } from '../../src-main/testing/connect-proxy'
import { expect, test } from '../fixtures/app'
import { account } from '../pages/accounts'
import { consentDialog } from '../pages/consent'
import { repositories } from '../pages/repositories'
import { goTo } from '../pages/sidebar'
import { wizard } from '../pages/wizard'

test('a private certificate is shown, trusted for its host, used by API and git alike, and forgotten', async ({
  startForge,
  window,
}) => {
  const forge = await startForge({ dialect: 'gitea', tls: makeCertificate('git.acme.dev') })
  const { host } = new URL(forge.address)
  await forge.world.createRepository({ owner: 'ada', name: 'engine' })
  const consent = consentDialog(window)

  await test.step('met while the host is looked at', async () => {
    await window.getByRole('button', { name: 'Connect Git Account' }).click()
    await window.getByRole('button', { name: 'Gitea / Forgejo', exact: true }).click()
    await window.getByLabel('Host', { exact: true }).fill(forge.address)
    const refused = window.getByRole('alert').filter({ hasText: `The certificate of ${host} is not trusted.` })
    await expect(refused).toContainText('Nothing was sent')
    await refused.getByRole('button', { name: 'Show certificate' }).click()
    const dialog = await consent.open()
    await expect(dialog).toContainText(`Trust this certificate of ${host}?`)
    await expect(dialog).toContainText('CN=git.acme.dev, O=Example')
    await expect(dialog).toContainText(/([0-9A-F]{2}:){31}[0-9A-F]{2}/)
    await consent.refuse()
    expect(forge.requests.all).toEqual([])
    await refused.getByRole('button', { name: 'Show certificate' }).click()
    await consent.agree('Trust this certificate')
  })

  await test.step('goes on by itself: detected, connected, listed, cloned', async () => {
    await expect(window.getByText(/^This (is|looks like) /)).toBeVisible()
    await wizard(window).connectWithToken(forge.personalAccessToken())
    await expect(wizard(window).connected('ada')).toBeVisible()
    await window.getByRole('button', { name: 'Browse repositories' }).click()
    await repositories(window).row('ada/engine').click()
    await repositories(window).details.getByRole('button', { name: 'Test clone' }).click()
    const sheet = window.getByRole('dialog', { name: 'Test clone ada/engine' })
    await sheet.getByRole('button', { name: 'Test clone' }).click()
    await expect(sheet).toContainText('It can be cloned')
    await sheet.getByRole('button', { name: 'Close' }).last().click()
  })

  await test.step('stands in the settings, and is forgotten there', async () => {
    await goTo(window, 'Network')
    const list = window.getByRole('list', { name: 'Trusted certificates' })
    await expect(list.getByRole('listitem')).toHaveCount(1)
    await expect(list).toContainText(host)
    await list.getByRole('button', { name: `Forget the certificate of ${host}` }).click()
    await consent.agree('Forget certificate')
    await expect(list).toHaveCount(0)
    await goTo(window, 'Git Accounts')
    const { row, button } = account(window, 'ada')
    await expect(row).toContainText('Unreachable')
    await expect(row).toContainText(`The certificate of ${host} is not trusted.`)
    await button('Show certificate').click()
    await consent.agree('Trust this certificate')
    await expect(row).toContainText('Connected')
  })
})

test('git meets the certificate first: it is shown from the clone, which then goes on', async ({
  startForge,
  window,
}) => {
  const forge = await startForge({ dialect: 'gitea', tls: makeCertificate('git.acme.dev') })
  const { host } = new URL(forge.address)
  await forge.world.createRepository({ owner: 'ada', name: 'engine' })
  await window.getByRole('button', { name: 'Connect Git Account' }).click()
  await window.getByLabel('Host', { exact: true }).fill(forge.address)
  await window.getByRole('button', { name: 'Show certificate' }).click()
  const consent = consentDialog(window)
  await consent.agree('Trust this certificate')
  await expect(window.getByText(/^This (is|looks like) /)).toBeVisible()
  await wizard(window).connectWithToken(forge.personalAccessToken())
  await window.getByRole('button', { name: 'Browse repositories' }).click()
  await expect(repositories(window).row('ada/engine')).toBeVisible()

  const forgetting = window.evaluate(
    (name) =>
      (
        globalThis as unknown as { bridge: { certificates: { forget(input: object): Promise<unknown> } } }
      ).bridge.certificates.forget({ host: name }),
    host,
  )
  await consent.agreeing('Forget certificate', forgetting)
  await repositories(window).row('ada/engine').click()
  await repositories(window).details.getByRole('button', { name: 'Test clone' }).click()
  const sheet = window.getByRole('dialog', { name: 'Test clone ada/engine' })
  await sheet.getByRole('button', { name: 'Test clone' }).click()
  await expect(sheet.getByRole('alert')).toContainText(`The certificate of ${host} is not trusted.`)
  await sheet.getByRole('button', { name: 'Show certificate' }).click()
  await expect(await consent.open()).toContainText('CN=git.acme.dev')
  await consent.agree('Trust this certificate')
  await expect(sheet).toContainText('It can be cloned')
})

test('a proxy of the settings carries API and git, and one that wants a login is named', async ({
  startForge,
  window,
}) => {
  const forge = await startForge({
    dialect: 'gitea',
    tls: makeCertificate('forge.test', null, false, ['forge.test']),
  })
  await forge.world.createRepository({ owner: 'ada', name: 'engine' })
  const proxy = await startConnectProxy({ 'forge.test': Number(new URL(forge.address).port) })
  await goTo(window, 'Network')
  await window.getByRole('radio', { name: 'Manual' }).check()
  await window.getByLabel('Proxy address').fill(proxy.url)
  await window.getByRole('button', { name: 'Save' }).click()
  const consent = consentDialog(window)
  await expect(await consent.open()).toContainText(proxy.url)
  await consent.agree('Use this proxy')

  proxy.login = { username: 'ada', password: 'office: 7' }
  await goTo(window, 'Git Accounts')
  await window.getByRole('button', { name: 'Connect Git Account' }).click()
  await window.getByRole('button', { name: 'Gitea / Forgejo', exact: true }).click()
  await window.getByLabel('Host', { exact: true }).fill('https://forge.test')
  const failure = window.getByRole('alert')
  await expect(failure).toContainText('The proxy needs a login.')
  await expect(failure).toContainText(proxy.host)
  await failure.getByRole('button', { name: 'Network settings' }).click()
  await expect(window.getByRole('heading', { name: 'Network', level: 1 })).toBeVisible()

  const login = window.getByRole('form', { name: `Login for ${proxy.host}` })
  await expect(login).toContainText('needs a user name and a password')
  await login.getByLabel('User name').fill('ada')
  await login.getByLabel('Password', { exact: true }).fill('office: 7')
  await login.getByRole('button', { name: 'Save' }).click()
  await expect(login).toContainText('gets the login of ada')
  await window.keyboard.press('Alt+ArrowLeft')
  await window.getByLabel('Host', { exact: true }).press('Enter')
  await failure.getByRole('button', { name: 'Show certificate' }).click()
  await consent.agree('Trust this certificate')
  await expect(window.getByText(/^This (is|looks like) /)).toBeVisible()
  await wizard(window).connectWithToken(forge.personalAccessToken())
  await expect(wizard(window).connected('ada')).toBeVisible()
  expect(new Set(proxy.tunnels.map(({ target }) => target))).toEqual(new Set(['forge.test:443']))
  await proxy.close()
})
