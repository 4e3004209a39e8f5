import type { Page } from '@playwright/test'
import { expect, readyWindow, test } from '../fixtures/app'
import type { OpenedPages } from '../fixtures/opened-pages'
import { quit } from '../fixtures/quit'
import { claimLinks, consumer, deepLink, registered } from '../fixtures/sign-in-parts'
import type { Forge } from '../forge/forge'
import type { AppSpec, DialectId } from '../forge/forge-state'
import { githubPrimaryLimit } from '../forge/limits'
import { localRequest } from '../forge/local-request'
import { account } from '../pages/accounts'
import { goTo } from '../pages/sidebar'
import { wizard } from '../pages/wizard'

/** How each provider lets an app in whose tokens run out, and how it takes that access away again. */
interface Life {
  readonly dialect: DialectId
  readonly title: string
  readonly app: (forge: Forge) => Partial<AppSpec>
  /** Whether the app can take the token away itself; else a person does it on the page whose path this is. */
  readonly revokes: true | RegExp
}

const publicClient = (): Partial<AppSpec> => ({ confidential: false })

const lives: readonly Life[] = [
  {
    dialect: 'github',
    title: 'GitHub',
    app: (forge) => ({ kind: 'github-app', redirectUris: [deepLink(forge)] }),
    revokes: true,
  },
  { dialect: 'gitlab', title: 'GitLab', app: publicClient, revokes: true },
  { dialect: 'bitbucket', title: 'Bitbucket', app: consumer, revokes: /app-authorizations/ },
  { dialect: 'gitea', title: 'Gitea / Forgejo', app: publicClient, revokes: /applications$/ },
  { dialect: 'forgejo', title: 'Gitea / Forgejo', app: publicClient, revokes: /applications$/ },
]

/** Goes through the browser as `login` and brings the answer back as a browser does. */
const signIn = async (
  window: Page,
  forge: Forge,
  pages: OpenedPages,
  login: string,
  open: (link: string) => unknown,
) => {
  await wizard(window).way('Continue in your browser').click()
  await expect(wizard(window).waiting).toBeVisible()
  const landing = await forge.approve(await pages.next(), { as: login })
  await (landing.startsWith('http:') ? localRequest(landing) : open(landing))
}

const connectWithToken = async (window: Page, forge: Forge, login: string, provider = 'GitHub') => {
  await wizard(window).open(provider, forge.address)
  await wizard(window).connectWithToken(forge.personalAccessToken({ user: login }))
  await expect(wizard(window).connected(login)).toBeVisible()
  await window.getByRole('button', { name: 'Done' }).click()
}

for (const { dialect, title, app, revokes } of lives) {
  test(`the life of an account at ${dialect}`, async ({ startForge, launch, pages, runAgain }) => {
    // An older Forgejo, which holds no OAuth token to its scopes.
    const settings = dialect === 'forgejo' ? { oauthScopes: false } : {}
    const forge = await startForge({ dialect, repositories: 20, settings })
    const window = await readyWindow(await launch({ env: registered(forge, app(forge)) }))
    if (dialect === 'github') await claimLinks(window)
    const ada = account(window, 'ada')
    const main = account(window, 'Main')

    await wizard(window).openAddress(forge.address, title)
    await signIn(window, forge, pages, 'ada', runAgain)
    await expect(wizard(window).connected('ada')).toBeVisible()
    await window.getByRole('button', { name: 'Done' }).click()
    await expect(ada.row).toContainText('Connected')
    if (dialect === 'forgejo') await expect(ada.row).toContainText('full access')
    await ada.choose('Rename')
    await window.getByLabel('Name', { exact: true }).fill('Main')
    await window.getByRole('button', { name: 'Save' }).click()

    // Its token runs out: a renewal, and nobody notices.
    const before = forge.tokens('ada').length
    forge.expireTokens('ada')
    await main.button('Refresh').click()
    await expect.poll(() => forge.tokens('ada').length).toBeGreaterThan(before)
    // Its check is over: one that had seen the token live would be taken for the next one.
    await expect(main.button('Refresh')).toHaveAttribute('aria-busy', 'false')
    await expect(main.row).toContainText('Connected')

    // All of it is taken away: only signing in again helps, as the right person.
    forge.revokeTokens('ada')
    // Not by its own button: a check that was under way may have noticed already, and offers to reconnect.
    await window.getByRole('button', { name: 'Check all' }).click()
    await expect(main.row).toContainText(/Expired|Revoked/)
    await main.button('Reconnect').click()
    await signIn(window, forge, pages, 'grace', runAgain)
    await expect(window.getByRole('heading', { name: 'You signed in as grace' })).toBeVisible()
    await window.getByRole('button', { name: 'Keep as a new account' }).click()
    await expect(wizard(window).connected('grace')).toBeVisible()
    await window.getByRole('button', { name: 'Done' }).click()
    await expect(main.row).toContainText(/Expired|Revoked/)
    await expect(account(window, 'grace').row).toContainText('Connected')

    await main.button('Reconnect').click()
    await signIn(window, forge, pages, 'ada', runAgain)
    await expect(wizard(window).connected('ada')).toBeVisible()
    await window.getByRole('button', { name: 'Done' }).click()
    await expect(main.row).toContainText('Connected')
    await expect(window.getByRole('list', { name: 'Git Accounts' }).getByRole('listitem')).toHaveCount(2)

    await main.choose('Revoke access')
    const dialog = window.getByRole('dialog')
    await expect(dialog).toContainText('No app depends on this account.')
    await dialog.getByRole('button', { name: 'Revoke access' }).click()
    const token = dialog.getByRole('listitem').filter({ hasText: 'Access token' })
    if (revokes === true) {
      await expect(token).toContainText('Removed')
      expect(forge.tokens('ada').filter(({ state, expired }) => state === 'live' && !expired)).toEqual([])
    } else {
      await expect(token).toContainText('To be done by you')
      await token.getByRole('button', { name: 'Finish there' }).click()
      expect(await pages.next()).toMatch(revokes)
    }
    await expect(dialog.getByRole('listitem').filter({ hasText: 'Credential on this computer' })).toContainText(
      'Removed',
    )
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(main.row).toHaveCount(0)
    await expect(account(window, 'grace').row).toContainText('Connected')
  })
}

test('a host that is away, broken or busy never costs an account its credential', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  await connectWithToken(window, forge, 'ada')
  const { row, button } = account(window, 'ada')
  const until = forge.clock.now() + 20 * 60_000
  const troubles = [
    [{ reset: true }, 'can’t be reached'],
    [{ status: 502, html: true }, 'has a problem of its own'],
    [githubPrimaryLimit(until), 'asks to wait'],
    [{ notJson: true }, 'sent something unreadable'],
    [{ html: true }, 'sent something unreadable'],
    [{ redirectTo: 'https://acme.okta.com/oauth2/v1/authorize?client_id=1' }, 'Okta answered in its place'],
    [{ status: 401, html: true, headers: { 'www-authenticate': 'Basic realm="Staging"' } }, 'stands in front of'],
    [{ status: 403, html: true, headers: { server: 'nginx' } }, 'nginx refused the request'],
  ] as const
  for (const [trouble, words] of troubles) {
    forge.faults.next({ match: () => true, times: Number.POSITIVE_INFINITY, ...trouble })
    await button('Refresh').click()
    await expect(row).toContainText('Unreachable')
    await expect(row).toContainText(words)
    await expect(row).toContainText('next try')
    forge.faults.clear()
    await button('Refresh').click()
    await expect(row).toContainText('Connected')
  }
})

test('two people at one host, and one person twice', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'gitlab', repositories: 20 })
  await connectWithToken(window, forge, 'ada', 'GitLab')
  await connectWithToken(window, forge, 'grace', 'GitLab')
  const ada = account(window, 'ada')
  const grace = account(window, 'grace')
  await expect(ada.row).toContainText('Default')
  await grace.choose('Set as default')
  await expect(grace.row).toContainText('Default')
  await expect(ada.row).not.toContainText('Default')

  const graces = forge.world.repositoriesOf(forge.world.person('grace')).length
  await goTo(window, 'Repositories')
  await window.getByLabel('Account').selectOption({ label: `grace · ${new URL(forge.address).host}` })
  await expect(window.getByRole('status').filter({ hasText: 'repositories' })).toContainText(
    new RegExp(`^(\\d+ of )?${graces} repositories`),
  )

  await wizard(window).open('GitLab', forge.address)
  await wizard(window).connectWithToken(forge.personalAccessToken({ user: 'ada' }))
  await expect(wizard(window).connected('ada')).toBeVisible()
  await window.getByRole('button', { name: 'Done' }).click()
  await expect(window.getByText('same person as “ada”')).toHaveCount(2)
  await window.getByRole('button', { name: 'Check all' }).click()
  await expect(window.getByText('Connected', { exact: true })).toHaveCount(3)

  await wizard(window).open('GitLab', forge.address)
  const token = forge.personalAccessToken({ user: 'grace' })
  await wizard(window).connectWithToken(`curl -H "PRIVATE-TOKEN: ${token}" ${forge.address}`)
  await expect(wizard(window).connected('grace')).toBeVisible()
  await expect(window.getByText(`Token found in the text you pasted: glpat-…${token.slice(-4)}`)).toBeVisible()
  await window.getByRole('button', { name: 'Replace the old one' }).click()
  await expect(grace.row).toHaveCount(1)
  await expect(grace.row).toContainText('Default')
})

test('a token that ends soon, or may too little, says so', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const day = 86_400_000
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).connectWithToken(
    forge.personalAccessToken({ user: 'ada', expiresAt: forge.clock.now() + 9 * day + 3_600_000 }),
  )
  await window.getByRole('button', { name: 'Done' }).click()
  await expect(account(window, 'ada').row).toContainText('Expires in 9 d')
  await expect(account(window, 'ada').button('Replace token')).toBeVisible()

  await wizard(window).open('GitHub', forge.address)
  await wizard(window).connectWithToken(forge.personalAccessToken({ user: 'grace', scopes: ['read:user'] }))
  await expect(window.getByText('Private repositories are not listed.')).toBeVisible()
  await window.getByRole('button', { name: 'Done' }).click()
  await expect(account(window, 'grace').row).toContainText('Needs attention')
  await expect(account(window, 'grace').row).toContainText('lacks the scope “repo”')
})

test('a revocation that could not reach the host is made good later', async ({ startForge, launch }) => {
  const forge = await startForge({ dialect: 'gitlab', repositories: 3 })
  const first = await launch()
  const window = await readyWindow(first)
  await connectWithToken(window, forge, 'ada', 'GitLab')
  forge.faults.next({ match: () => true, times: Number.POSITIVE_INFINITY, reset: true })
  await account(window, 'ada').choose('Revoke access')
  const dialog = window.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Revoke access' }).click()
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Access token' })).toContainText('Tried again later')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(window.getByText('Revoking ada is not finished')).toBeVisible()
  await expect(account(window, 'ada').row).toHaveCount(0)
  await quit(first)

  forge.faults.clear()
  const again = await readyWindow(await launch())
  await expect.poll(() => forge.tokens('ada').filter(({ state }) => state === 'live')).toEqual([])
  await expect(again.getByText('Revoking ada is not finished')).toHaveCount(0)
})

test('an account is connected and revoked by keyboard alone', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'gitea', repositories: 3 })
  const focusOn = async (name: string | RegExp, role: 'button' | 'textbox' | 'menuitem' = 'button') => {
    const target = window.getByRole(role, typeof name === 'string' ? { name, exact: true } : { name }).first()
    await target.waitFor()
    for (let presses = 0; presses < 60; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await window.keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to ${name}`)
  }
  await window.keyboard.press('Control+n')
  await focusOn('Gitea / Forgejo')
  await window.keyboard.press('Enter')
  await focusOn('Host', 'textbox')
  await window.keyboard.press('Control+a')
  await window.keyboard.type(forge.address)
  await expect(window.getByText('This is Gitea / Forgejo.')).toBeVisible()
  await focusOn('Personal access token', 'textbox')
  await window.keyboard.type(forge.personalAccessToken({ user: 'ada' }))
  await window.keyboard.press('Enter')
  await expect(wizard(window).connected('ada')).toBeVisible()
  await focusOn('Done')
  await window.keyboard.press('Enter')

  await focusOn('More for ada')
  await window.keyboard.press('Enter')
  await window.getByRole('menuitem', { name: 'Revoke access' }).waitFor()
  await window.keyboard.press('ArrowUp')
  await expect(window.getByRole('menuitem', { name: 'Revoke access' })).toBeFocused()
  await window.keyboard.press('Enter')
  await window.getByRole('dialog').waitFor()
  await focusOn('Revoke access')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('dialog')).toContainText('Credential on this computer')
  await focusOn('Done')
  await window.keyboard.press('Enter')
  await expect(account(window, 'ada').row).toHaveCount(0)
})
