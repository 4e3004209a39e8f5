import type { Page } from '@playwright/test'
import { startApp } from '../bench/app-start'
import { expect, readyWindow, test } from '../fixtures/app'
import { root } from '../fixtures/electron'
import { present } from '../fixtures/present'
import { leave, orderlyEnds, quit } from '../fixtures/quit'
import { registered } from '../fixtures/sign-in-parts'
import { type Repository, repositoryPath } from '../forge/entities'
import type { Forge } from '../forge/forge'
import { localRequest } from '../forge/local-request'
import { repositories } from '../pages/repositories'
import { goTo } from '../pages/sidebar'
import { wizard } from '../pages/wizard'

const connect = async (window: Page, forge: Forge, provider: string, token = forge.personalAccessToken()) => {
  await wizard(window).open(provider, forge.address)
  await wizard(window).connectWithToken(token)
  await window.getByRole('button', { name: 'Browse repositories' }).click()
}

const count = (number: number): string => number.toLocaleString('en')
const listed = 'GET /api/v3/user/repos'

test('ten thousand repositories stream in, and are found, narrowed down and sorted', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'github', repositories: 10_000 })
  const isLast = ({ path, query }: { path: string; query: Readonly<Record<string, string>> }) =>
    path === '/api/v3/user/repos' && query.page === '100'
  let answerLast = () => {}
  const after = new Promise<void>((resolve) => {
    answerLast = resolve
  })
  forge.faults.next({ match: isLast, after })
  const browser = repositories(window)
  await connect(window, forge, 'GitHub')
  await expect(browser.rows.first()).toBeVisible()
  const last = forge.requests.all.filter(isLast)
  expect(last.every(({ status }) => status === null)).toBe(true)
  answerLast()
  await expect(browser.line).toContainText(`of ${count(10_000)} repositories`)
  await expect(browser.line).toContainText('Listed just now')

  const all = forge.world.repositories()
  const shown = all.filter(({ archived }) => !archived)
  const expectCount = (matching: readonly Repository[]) =>
    expect(browser.line).toHaveText(new RegExp(`^${count(matching.length)} of ${count(all.length)} repositories`))
  await expectCount(shown)
  expect(await browser.rows.count()).toBeLessThan(60)

  const wanted = present(shown[4321])
  await browser.search.fill(wanted.name)
  await expect(browser.row(repositoryPath(wanted))).toBeVisible()
  await browser.search.fill('no-such-repository-anywhere')
  await expect(window.getByText('No repository matches')).toBeVisible()
  await window.getByRole('button', { name: 'Clear search and filters' }).click()
  await expectCount(shown)

  await window.getByLabel('Visibility').selectOption('Private')
  await expectCount(shown.filter((row) => row.private))
  await window.getByLabel('Forks').selectOption('Only forks')
  await expectCount(shown.filter((row) => row.private && row.fork))
  await window.getByLabel('Owner').selectOption('flowmatic')
  await expectCount(shown.filter((row) => row.private && row.fork && row.owner.login === 'flowmatic'))
  await window.getByLabel('Owner').selectOption('Any owner')
  await window.getByLabel('Forks').selectOption('With forks')
  await window.getByLabel('Visibility').selectOption('Public and private')
  await window.getByLabel('Archived').selectOption('Only archived')
  await expectCount(all.filter((row) => row.archived))
  await window.getByLabel('Archived').selectOption('Without archived')
  await window.getByLabel('Language').selectOption('Rust')
  await expectCount(shown.filter((row) => row.language === 'Rust'))
  await window.getByLabel('Language').selectOption('Any language')

  const newest = [...shown].sort((one, other) => other.pushedAt - one.pushedAt)
  await expect(browser.rows.first()).toContainText(newest[0]?.name ?? '')
  await browser.rows.first().getByRole('button').first().focus()
  await window.keyboard.press('End')
  await expect(browser.row(repositoryPath(newest.at(-1) ?? wanted))).toBeFocused()
  expect(await browser.rows.count()).toBeLessThan(60)
  await window.getByLabel('Sort').selectOption('Name')
  const first = shown.map(repositoryPath).sort((one, other) => one.localeCompare(other, 'en'))[0] ?? ''
  await expect(browser.rows.first()).toContainText(first.split('/')[1] ?? '')

  // A second listing is answered by ETags: nothing that stayed the same is sent again.
  forge.requests.clear()
  await window.getByRole('button', { name: 'Refresh', exact: true }).click()
  const pages = () => forge.requests.matching(listed).filter(({ query }) => query.per_page === '100')
  const unchanged = () => new Set(pages().flatMap(({ status, query }) => (status === 304 ? [query.page ?? '1'] : [])))
  await expect.poll(() => unchanged().size).toBe(100)
  // The page after a full last one is new to the app, and empty: `[]`.
  expect(pages().filter(({ status, bytes }) => status === 200 && bytes > 2)).toEqual([])
})

test('the default of five thousand branches comes first, and any other is found', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'gitlab' })
  const branches = Array.from({ length: 5000 }, (_, index) => `feature/number-${index}`)
  await forge.world.createRepository({ owner: 'ada', name: 'many-branches', defaultBranch: 'trunk', branches })
  await connect(window, forge, 'GitLab')
  const { row, details } = repositories(window)
  await row('ada/many-branches').click()
  const names = details.getByRole('list', { name: 'Branches' }).getByRole('button')
  await expect(names.first()).toHaveText(/^trunk/)
  await expect(names.first()).toContainText('default')
  await expect(names.first()).toHaveAttribute('aria-pressed', 'true')
  expect(await names.count()).toBeLessThan(500)
  const before = await names.count()
  await details.getByRole('button', { name: 'Show more' }).click()
  await expect.poll(() => names.count()).toBeGreaterThan(before)
  await details.getByRole('searchbox', { name: 'Search branches' }).fill('number-4321')
  await expect(names).toHaveText(['feature/number-4321'])
  await names.first().click()
  await expect(names.first()).toHaveAttribute('aria-pressed', 'true')
  await details.getByRole('searchbox', { name: 'Search branches' }).fill('nothing-like-it')
  await expect(details.getByText('No branch matches.')).toBeVisible()
})

/** Tells that the window began with these names; its own code may have taken their place by now. */
const firstNames = (path: string) =>
  `if (performance.getEntriesByName('first-names')[0]?.detail === ${JSON.stringify(path)}) report('first-names')`

test('what the list showed last is in the first picture of the next start, also when the session ended the app', async ({
  startForge,
  launch,
  desktop,
  profile,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 30 })
  const app = await launch()
  const window = await readyWindow(app)
  await connect(window, forge, 'GitHub')
  const browser = repositories(window)
  await expect(browser.line).toContainText('Listed just now')
  const path = (await browser.rows.first().locator('bdi').allInnerTexts()).join('')

  const child = app.process()
  expect(await leave(app, child, async () => child.kill('SIGTERM'))).toBe('left')
  expect(await orderlyEnds(profile)).toBe(1)

  const started = startApp({ app: root, profile, env: desktop.env, script: firstNames(path) })
  await started.mark('first-names')
  await started.stop()
})

test('without the network the list is there with its age, and is renewed when the network is back', async ({
  startForge,
  launch,
}) => {
  const forge = await startForge({ dialect: 'gitea', repositories: 120 })
  const first = await launch()
  const window = await readyWindow(first)
  await connect(window, forge, 'Gitea / Forgejo')
  await expect(repositories(window).line).toContainText('Listed just now')
  await window.getByRole('combobox', { name: 'Sort' }).selectOption('name')
  await quit(first)

  const [gone, renamed, emptied] = forge.world.repositories().filter(({ archived }) => !archived)
  if (!gone || !renamed || !emptied) throw new Error('too few')
  const before = repositoryPath(renamed)
  await forge.world.delete(gone)
  forge.world.rename(renamed, 'quite-another-name')
  forge.faults.next({ match: () => true, times: Number.POSITIVE_INFINITY, reset: true })
  const again = await readyWindow(await launch())
  const browser = repositories(again)
  // The window is where it was left, and as it was left.
  await expect(again.getByRole('heading', { name: 'Repositories', level: 1 })).toBeVisible()
  await expect(again.getByRole('combobox', { name: 'Sort' })).toHaveValue('name')
  await expect(browser.line).toContainText('of 120 repositories')
  await expect(browser.line).toContainText('Listed')
  await expect(again.getByRole('alert')).toContainText('can’t be reached')
  await browser.search.fill(before)
  await expect(browser.row(before)).toBeVisible()

  forge.faults.clear()
  // The app tries again by itself; a person who is quicker presses the button.
  const retry = again.getByRole('alert').getByRole('button', { name: 'Try again' })
  await expect(async () => {
    if (await retry.isVisible()) await retry.click({ timeout: 1000 })
    await expect(again.getByRole('alert')).toHaveCount(0, { timeout: 2000 })
  }).toPass()
  await expect(browser.row(before)).toHaveCount(0)
  await browser.search.fill('quite-another-name')
  await expect(browser.row(repositoryPath(renamed))).toBeVisible()
  await browser.search.fill('')
  await expect(browser.line).toContainText('of 119 repositories')
})

test('an organization that asks for single sign-on is named, with the page to start it', async ({
  startForge,
  window,
  pages,
}) => {
  const forge = await startForge({ dialect: 'github', repositories: 40 })
  const organization = present(forge.world.organizations().find(({ login }) => login === 'flowmatic'))
  forge.world.update(organization, { requiresSso: true })
  await connect(window, forge, 'GitHub')
  const card = window.getByRole('alert')
  await expect(card).toContainText('single sign-on')
  await card.getByRole('button', { name: 'Manage access' }).click()
  expect(await pages.next()).toContain(forge.address)
  const hidden = forge.world.repositories().filter((row) => row.owner.login === 'flowmatic' && row.private)
  await expect(repositories(window).line).toContainText(`${40 - hidden.length} repositories`)
  await goTo(window, 'Git Accounts')
  await expect(window.getByRole('listitem', { name: 'ada' })).toContainText('Needs attention')
})

test('an organization that blocks the app is named', async ({ startForge, launch, pages }) => {
  const forge = await startForge({ dialect: 'github', repositories: 40 })
  const organization = present(forge.world.organizations().find(({ login }) => login === 'harbor-lights'))
  forge.world.update(organization, { blocksOAuthApps: true })
  const window = await readyWindow(await launch({ env: registered(forge) }))
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).way('Continue in your browser').click()
  await localRequest(await forge.approve(await pages.next(), { as: 'ada' }))
  await wizard(window).connected('ada').waitFor()
  await window.getByRole('button', { name: 'Done' }).click()
  const row = window.getByRole('listitem', { name: 'ada' })
  await expect(row).toContainText('Needs attention')
  await expect(row).toContainText('harbor-lights blocks this app.')
  await row.getByRole('button', { name: 'Manage access' }).click()
  expect(await pages.next()).toContain(forge.address)
})

test('a refused list says what the token lacks', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'github', repositories: 10 })
  await connect(window, forge, 'GitHub')
  await expect(repositories(window).line).toContainText('Listed just now')
  forge.faults.next({
    match: listed,
    times: Number.POSITIVE_INFINITY,
    status: 403,
    body: { message: 'Resource not accessible by personal access token', documentation_url: '' },
  })
  await window.getByRole('button', { name: 'Refresh', exact: true }).click()
  await expect(window.getByRole('alert')).toContainText('may do too little')
  await expect(repositories(window).rows.first()).toBeVisible()
  forge.faults.clear()
  await goTo(window, 'Git Accounts')
  await expect(window.getByRole('listitem', { name: 'ada' })).toContainText('Needs attention')
  await window.getByRole('button', { name: 'Check all' }).click()
  await expect(window.getByRole('listitem', { name: 'ada' })).toContainText('Connected')
  await goTo(window, 'Repositories')
  await expect(window.getByRole('alert')).toHaveCount(0)
  await expect(repositories(window).rows.first()).toBeVisible()
})

test('names from outside are shown as they are and change nothing else', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'gitea' })
  const names = [
    'plain',
    'right\u202Eleft',
    '𝒻𝒶𝓃𝒸𝓎-🦊',
    '<b>bold</b>',
    'line\nbreak\u0007bell',
    'عربى-مستودع',
    'x'.repeat(5000),
  ]
  for (const index of names.keys()) forge.world.addRepository({ owner: 'ada', name: `repository-${index}` })
  const renamed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map((row: object, index) => ({ ...row, name: names[index], full_name: `ada/${names[index]}` }))
      : value
  forge.faults.next({ match: /\/repos/, times: Number.POSITIVE_INFINITY, json: renamed })
  await connect(window, forge, 'Gitea / Forgejo')
  const { rows, line } = repositories(window)
  await expect(line).toContainText(`${names.length} repositories`)
  await expect(rows).toHaveCount(names.length)
  await expect(rows.filter({ hasText: '<b>bold</b>' })).toHaveCount(1)
  await expect(rows.filter({ hasText: '𝒻𝒶𝓃𝒸𝓎-🦊' })).toHaveCount(1)
  expect((await rows.allTextContents()).join('')).not.toMatch(/[\x00-\x1f\x7f\u202a-\u202e]/)
  expect(await window.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
})
