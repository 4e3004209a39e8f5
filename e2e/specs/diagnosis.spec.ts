import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../fixtures/app'
import type { Forge } from '../forge/forge'
import { account } from '../pages/accounts'
import { repositories } from '../pages/repositories'
import { goTo } from '../pages/sidebar'
import { wizard } from '../pages/wizard'

const title = 'Why can’t I see my repository?'

/** The panel that answers why a repository is missing. */
const panel = (window: Page) => {
  const dialog = window.getByRole('dialog', { name: title })
  const check = (name: string) =>
    dialog.getByRole('list', { name: 'Checks' }).getByRole('listitem').filter({ hasText: name })
  return {
    dialog,
    check,
    ask: async (address: string) => {
      await dialog.getByLabel('Repository').fill(address)
      await dialog.getByRole('button', { name: /^(Find out|Ask again)$/ }).click()
    },
    /** What it came to: the words, and the button. */
    answer: (words: string | RegExp): Locator =>
      dialog.getByRole('alert').or(dialog.getByRole('status')).filter({ hasText: words }),
  }
}

const connect = async (
  window: Page,
  forge: Forge,
  provider: string,
  spec: Parameters<Forge['personalAccessToken']>[0],
) => {
  await wizard(window).open(provider, forge.address)
  await wizard(window).connectWithToken(forge.personalAccessToken(spec))
  await expect(wizard(window).connected(spec?.user ?? 'ada')).toBeVisible()
  await window.getByRole('button', { name: 'Done' }).click()
}

test('a repository that is missing is found step by step, and each cause has one thing to do', async ({
  startForge,
  window,
  pages,
}) => {
  const forge = await startForge({ dialect: 'github' })
  const { world } = forge
  world.addOrganization({ login: 'vault-keepers', members: { ada: 'admin' }, requiresSso: true })
  world.addOrganization({ login: 'strangers' })
  await world.createRepository({ owner: 'ada', name: 'engine' })
  await world.createRepository({ owner: 'ada', name: 'attic', archived: true })
  await world.createRepository({ owner: 'vault-keepers', name: 'plans' })
  await world.createRepository({ owner: 'strangers', name: 'secret' })
  await connect(window, forge, 'GitHub', { user: 'ada' })

  await goTo(window, 'Repositories')
  const browser = repositories(window)
  await expect(browser.row('ada/engine')).toBeVisible()
  await browser.search.fill('ada/attic')
  await window.getByRole('button', { name: title }).click()
  const { dialog, check, ask, answer } = panel(window)

  await test.step('hidden by a filter: what was searched for is looked for at once, and shown', async () => {
    await expect(answer('Your filters leave it out.')).toContainText('ada/attic is archived')
    for (const name of ['The address can be read', 'The host answers', 'The clocks agree', 'Git may read it']) {
      await expect(check(name)).toContainText('passed')
    }
    await expect(check('The list’s filters show it')).toContainText('failed')
    await dialog.getByRole('button', { name: 'Clear filters and show it' }).click()
    await expect(dialog).toBeHidden()
    await expect(browser.row('ada/attic')).toBeVisible()
    await expect(browser.details).toContainText('ada/attic')
  })

  await browser.search.fill('nothing like it')
  await window.getByRole('button', { name: title }).click()

  await test.step('misspelt: what was meant is one click away', async () => {
    await ask('ada/engien')
    await expect(answer('ada does not see ada/engien.')).toBeVisible()
    await expect(check('The repository is visible')).toContainText('failed')
    await expect(check('Git may read it')).toContainText('skipped')
    await dialog.getByRole('button', { name: 'Open page' }).click()
    expect(await pages.next()).toBe(`${forge.address}/ada/engien`)
    await expect(dialog.getByRole('button', { name: 'ada/engine' })).toBeVisible()
  })

  await test.step('single sign-on: the provider’s page for it', async () => {
    await ask(`${forge.address}/vault-keepers/plans/issues`)
    await expect(answer('vault-keepers asks for single sign-on.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Manage access' }).click()
    expect(await pages.next()).toContain('/orgs/vault-keepers/sso')
  })

  await test.step('an organization of others', async () => {
    await ask('strangers/secret')
    await expect(answer('Repositories not showing.')).toContainText('ada is not a member of strangers')
  })

  await test.step('renamed', async () => {
    const old = await world.createRepository({ owner: 'ada', name: 'before' })
    world.rename(old, 'after')
    await ask('ada/before')
    await expect(answer('Repository moved.')).toContainText('ada/before is ada/after now')
  })

  await test.step('nobody connected there', async () => {
    await ask('https://gitlab.com/group/sub/shop')
    await expect(answer('No account is connected to gitlab.com.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Connect Git Account' }).click()
    await expect(window.getByLabel('Host', { exact: true })).toHaveValue('https://gitlab.com')
  })
})

test('an account that lost its access says so when it is asked about a repository', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'gitlab' })
  await forge.world.createRepository({ owner: 'ada', name: 'engine' })
  await connect(window, forge, 'GitLab', { user: 'ada' })
  const ada = account(window, 'ada')
  await expect(ada.row).toContainText('Connected')

  await ada.choose(title)
  const { dialog, check, ask, answer } = panel(window)
  await test.step('an address that is none', async () => {
    await ask('engine')
    await expect(answer('This address can’t be used.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Change the address' }).click()
    await expect(dialog.getByLabel('Repository')).toBeFocused()
  })

  await test.step('a repository that came after the last listing', async () => {
    await forge.world.createRepository({ owner: 'flowmatic/compilers', name: 'a-0' })
    await ask('flowmatic/compilers/a-0')
    await expect(answer('It is in the list now.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Show it' }).click()
    await expect(repositories(window).row('flowmatic/compilers/a-0')).toBeVisible()
  })

  await test.step('the token was revoked', async () => {
    forge.revokeTokens('ada')
    await window.keyboard.press('Control+k')
    await window.getByLabel('Type a command, an account or a repository').fill('why can')
    await window.keyboard.press('Enter')
    await ask('ada/engine')
    await expect(check('The sign-in works')).toContainText('failed')
    await expect(answer(/Token (revoked|expired)\./)).toBeVisible()
    await dialog.getByRole('button', { name: 'Reconnect' }).click()
    await expect(window.getByRole('heading', { name: 'Reconnect ada' })).toBeVisible()
  })
})
