import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/app'
import type { Forge, ForgeOptions } from '../forge/forge'
import { repositories } from '../pages/repositories'
import { wizard } from '../pages/wizard'

/** Opens the wizard at GitHub and types a host, whatever it may be. */
const typeHost = async (window: Page, host: string) => {
  await window.getByRole('link', { name: /^Git Accounts/ }).click()
  await window.getByRole('button', { name: 'Connect Git Account' }).click()
  await window.getByRole('button', { name: 'GitHub', exact: true }).click()
  await window.getByLabel('Host', { exact: true }).fill(host)
}

/** Connects an account that has nothing to do with what follows. */
const connectGood = async (window: Page, startForge: (options: ForgeOptions) => Promise<Forge>) => {
  const good = await startForge({ dialect: 'gitlab', repositories: 3 })
  await wizard(window).open('GitLab', good.address)
  await wizard(window).connectWithToken(good.personalAccessToken())
  await window.getByRole('button', { name: 'Done' }).click()
}

const accounts = (window: Page) => window.getByRole('list', { name: 'Git Accounts' }).getByRole('listitem')

test('a host that answers nonsense or errors is named, and costs nothing that is connected', async ({
  startForge,
  window,
}) => {
  await connectGood(window, startForge)
  const bad = await startForge({ dialect: 'github', repositories: 3 })
  const token = bad.personalAccessToken()
  const troubles = [
    [{ html: true }, 'sent something unreadable'],
    [{ status: 500 }, 'has a problem of its own'],
    [{ reset: true }, 'can’t be reached'],
    [{ notJson: true }, 'sent something unreadable'],
    [{ truncateTo: 10 }, 'sent something unreadable'],
    [{ redirectTo: 'http://127.0.0.2:9/elsewhere' }, /moved|another host|unreadable/],
  ] as const
  for (const [trouble, words] of troubles) {
    bad.faults.next({ match: () => true, times: Number.POSITIVE_INFINITY, ...trouble })
    await typeHost(window, bad.address)
    await wizard(window).connectWithToken(token)
    // The host is looked at meanwhile and fails as well; while the sign-in still runs, it would succeed without its trouble.
    await expect(wizard(window).tokenFailure).toContainText(words, { timeout: 20_000 })
    bad.faults.clear()
    await window.getByRole('button', { name: 'Cancel' }).click()
  }

  await expect(accounts(window)).toHaveText([/Connected/])
})

test('a host that answers nothing can be left, a slow one is waited for, and neither costs what is connected', async ({
  startForge,
  window,
}) => {
  await connectGood(window, startForge)
  const bad = await startForge({ dialect: 'github', repositories: 3 })
  const token = bad.personalAccessToken()
  // One that never answers can be left at any moment.
  bad.faults.next({ match: () => true, times: Number.POSITIVE_INFINITY, hang: true })
  await typeHost(window, bad.address)
  await wizard(window).connectWithToken(token)
  await expect.poll(() => bad.requests.count('GET /api/v3/user')).toBeGreaterThan(0)
  await window.getByRole('button', { name: 'Cancel' }).click()
  await expect(window.getByRole('heading', { name: 'Git Accounts', level: 1 })).toBeVisible()
  bad.faults.clear()

  // A slow one is waited for.
  let answer = () => {}
  const after = new Promise<void>((resolve) => {
    answer = resolve
  })
  bad.faults.next({ match: 'GET /api/v3/user', after })
  await typeHost(window, bad.address)
  await wizard(window).connectWithToken(token)
  await expect(window.getByRole('button', { name: 'Connect', exact: true })).toHaveAttribute('aria-busy', 'true')
  answer()
  await expect(wizard(window).connected('ada')).toBeVisible()
  await window.getByRole('button', { name: 'Done' }).click()
  await expect(accounts(window).filter({ hasText: 'Connected' })).toHaveCount(2)
})

test('addresses that are none are refused, and no request is made', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'github' })
  const port = new URL(forge.address).port
  const refused = [
    `http://ada:secret@example.test:${port}`,
    'ext::sh -c id',
    'file:///etc/passwd',
    '--upload-pack=id',
    'http://192.0.2.1',
    'https://exa mple.test',
    'javascript:alert(1)',
  ]
  for (const host of refused) {
    await typeHost(window, host)
    await expect(window.getByLabel('Host', { exact: true })).toHaveValue(host)
    await wizard(window).connectWithToken(forge.personalAccessToken())
    await expect(wizard(window).failure.first()).toBeVisible()
    await expect(wizard(window).connected('ada')).toHaveCount(0)
    await window.getByRole('button', { name: 'Cancel' }).click()
  }
  expect(forge.requests.all).toEqual([])
})

test('a list that leads in circles or to another host ends with its name', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'github', repositories: 250 })
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).connectWithToken(forge.personalAccessToken())
  await window.getByRole('button', { name: 'Browse repositories' }).click()
  const { line, rows } = repositories(window)
  await expect(line).toContainText('Listed just now')
  const listed = 'GET /api/v3/user/repos'
  const foreign = 'http://127.0.0.2:9/api/v3/user/repos?page=2'
  const troubles = [
    [{ nextLink: foreign }, 'pointed to another host'],
    [{ nextLink: 'self' }, 'sent something unreadable'],
    [{ status: 500 }, 'has a problem of its own'],
    [{ notJson: true }, 'sent something unreadable'],
    [{ json: (rows: unknown) => [null, ...(rows as object[]), {}] }, 'entries from 127.0.0.1'],
  ] as const
  for (const [index, [trouble, words]] of troubles.entries()) {
    // Something is new each time: what stayed the same is not asked for again.
    const [some] = forge.world.repositories()
    if (some !== undefined) forge.world.rename(some, `renamed-${index}`)
    forge.faults.next({ match: listed, times: Number.POSITIVE_INFINITY, ...trouble })
    await window.getByRole('button', { name: 'Refresh', exact: true }).click()
    await expect(window.getByRole('alert').filter({ hasText: words })).toBeVisible({ timeout: 20_000 })
    await expect(rows.first()).toBeVisible()
    forge.faults.clear()
    await window
      .getByRole('alert')
      .getByRole('button', { name: 'Try again' })
      .or(window.getByRole('button', { name: 'Refresh', exact: true }))
      .first()
      .click()
    await expect(window.getByRole('alert')).toHaveCount(0)
    // The next trouble is for the next listing.
    await expect(window.getByRole('button', { name: 'Refresh', exact: true })).toBeVisible()
  }
})
