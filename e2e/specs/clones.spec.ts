import { randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, readyWindow, test } from '../fixtures/app'
import { filesWith, namesIn, runningPrograms, watchProcesses } from '../fixtures/process-watch'
import { quit } from '../fixtures/quit'
import { registered } from '../fixtures/sign-in-parts'
import type { Forge } from '../forge/forge'
import { localRequest } from '../forge/local-request'
import { account } from '../pages/accounts'
import { cloneSheet } from '../pages/clone-sheet'
import { repositories } from '../pages/repositories'
import { goTo } from '../pages/sidebar'
import { wizard } from '../pages/wizard'

/** Connects ada by token and opens the browser. */
const browse = async (window: Page, forge: Forge, provider = 'GitHub') => {
  await wizard(window).open(provider, forge.address)
  await wizard(window).connectWithToken(forge.personalAccessToken({ user: 'ada' }))
  await window.getByRole('button', { name: 'Browse repositories' }).click()
  await expect(repositories(window).line).toContainText('Listed just now')
}

const open = (window: Page, path: string) =>
  window.getByRole('button', { name: `Test clone ${path}`, exact: true }).click()

/** Answers the system's folder dialog, which no test can press. */
const chooseFolder = (app: ElectronApplication, folder: string | null) =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] })
  }, folder)

test('a private repository is cloned in all three ways, and the token is nowhere', async ({
  startForge,
  launch,
  pages,
  desktop,
}) => {
  const forge = await startForge({ dialect: 'github' })
  const repository = await forge.world.createRepository({
    owner: 'ada',
    name: 'engine',
    files: { 'README.md': '# Engine', 'src/main.txt': 'x'.repeat(100_000) },
    commits: [{ message: 'Count the wheels', files: { 'wheels.txt': '42' } }],
    branches: ['release'],
  })
  const [tip] = await forge.world.git.branches(repository)
  // Whatever the forge has given out by then, and the form in which git sends it.
  const secrets = () =>
    forge.state.credentials
      .all()
      .flatMap(({ value }) => [value, Buffer.from(`x-access-token:${value}`).toString('base64').slice(0, -4)])
  const watch = watchProcesses(secrets)
  const app = await launch({ env: registered(forge) })
  const window = await readyWindow(app)
  const { start, result, again, close } = cloneSheet(window)
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).way('Continue in your browser').click()
  await localRequest(await forge.approve(await pages.next(), { as: 'ada' }))
  await window.getByRole('button', { name: 'Browse repositories' }).click()
  await open(window, 'ada/engine')

  await start('Quick check')
  await expect(result).toContainText(tip?.hash ?? '')
  await expect(result).toContainText(/Branches\s*2/)
  await again()
  await start('Shallow test')
  await expect(result).toContainText(tip?.hash ?? '')
  await expect(result).toContainText('Count the wheels')
  await expect(result).toContainText('Branchmain')
  await again()
  await chooseFolder(app, null)
  await start('Full clone')
  await expect(cloneSheet(window).sheet.getByRole('button', { name: 'Choose folder and clone' })).toBeEnabled()
  const folder = join(desktop.home, 'clones', 'engine')
  await mkdir(folder, { recursive: true })
  await chooseFolder(app, folder)
  await start('Full clone')
  await expect(result).toContainText('Folder')
  expect(await readFile(join(folder, 'wheels.txt'), 'utf8')).toBe('42')
  await again()
  await start('Full clone')
  await expect(cloneSheet(window).failure).toContainText('is not empty')
  await close()

  const { programs, findings } = watch.stop()
  expect(findings).toEqual([])
  expect([...programs]).toEqual(expect.arrayContaining(['electron', 'git', 'git-remote-http']))
  expect(secrets().length).toBeGreaterThan(0)
  await quit(app)
  // The session's folder holds its home, the profile, the logs, the runtime folder and the clone.
  expect(await filesWith(dirname(desktop.home), secrets())).toEqual([])
  const config = await readFile(join(folder, '.git', 'config'), 'utf8')
  expect(config).toContain(`${forge.address}/ada/engine.git`)
  expect(config).not.toMatch(/token|credential|extraheader/i)
})

test('a clone can be cancelled, and leaves no process and no file', async ({
  startForge,
  launch,
  profile,
  desktop,
}) => {
  const forge = await startForge({ dialect: 'github' })
  await forge.world.createRepository({
    owner: 'ada',
    name: 'heavy',
    files: { 'noise.txt': randomBytes(2_000_000).toString('base64') },
  })
  const app = await launch()
  const window = await readyWindow(app)
  await browse(window, forge)
  const { sheet, start } = cloneSheet(window)
  const folder = join(desktop.home, 'heavy')
  await mkdir(folder)
  await chooseFolder(app, folder)
  forge.faults.next({ match: /git-upload-pack/, times: Number.POSITIVE_INFINITY, bytesPerSecond: 100_000 })
  await open(window, 'ada/heavy')
  await start('Full clone')
  const received = sheet.getByRole('progressbar', { name: 'Receive' })
  await expect(received).toHaveAttribute('aria-valuenow', /^[1-9]/)
  await expect(sheet).toContainText(/ a second/)
  await sheet.getByRole('button', { name: 'Cancel' }).click()
  await expect(sheet.getByText('Cancelled. Nothing was kept.')).toBeVisible()
  expect(namesIn(folder)).toEqual([])
  await expect.poll(() => runningPrograms().filter((name) => name.startsWith('git-remote'))).toEqual([])

  // A test that nobody looks at any more ends with its sheet.
  forge.faults.clear()
  forge.faults.next({ match: 'POST /ada/heavy.git/git-upload-pack', hang: true })
  await sheet.getByRole('button', { name: 'Test again' }).click()
  await start('Shallow test')
  await expect.poll(() => forge.requests.count('POST /ada/heavy.git/git-upload-pack')).toBeGreaterThan(0)
  await window.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await expect.poll(() => runningPrograms().filter((name) => name.startsWith('git-remote'))).toEqual([])
  await expect.poll(() => namesIn(join(profile, 'git', 'work'))).toEqual([])
})

test('what happened to a repository between list and clone is told', async ({ startForge, window }) => {
  const forge = await startForge({ dialect: 'github' })
  const make = (name: string) => forge.world.createRepository({ owner: 'ada', name })
  const [deleted, renamed, emptied, hollow] = await Promise.all([
    make('deleted'),
    make('renamed'),
    make('emptied'),
    make('hollow'),
  ])
  await browse(window, forge)
  const { start, failure, close, result, sheet } = cloneSheet(window)

  await forge.world.delete(deleted)
  await open(window, 'ada/deleted')
  await start('Shallow test')
  await expect(failure).toContainText('ada/deleted is not there.')
  await close()

  forge.world.rename(renamed, 'other-name')
  await open(window, 'ada/renamed')
  await start('Quick check')
  await expect(failure).toContainText('ada/renamed is now ada/other-name.')
  await failure.getByRole('button', { name: 'Try again' }).click()
  await expect(result).toContainText(`${forge.address}/ada/other-name.git`)
  await close()

  await forge.world.empty(emptied)
  await open(window, 'ada/emptied')
  await start('Shallow test')
  await expect(failure).toContainText('The repository is empty.')
  await close()

  await open(window, 'ada/hollow')
  await sheet.getByLabel('Branch', { exact: true }).fill('not-there')
  await start('Shallow test')
  await expect(failure).toContainText('There is no branch “not-there”.')
  await failure.getByRole('button', { name: 'Choose a branch' }).click()
  await sheet.getByLabel('Branch', { exact: true }).fill(hollow.defaultBranch)
  await start('Shallow test')
  await expect(result).toBeVisible()
  await close()

  await goTo(window, 'Git Accounts')
  await expect(account(window, 'ada').row).toContainText('Connected')
})

test('a host that names itself by an address that is wrong here is cloned from at the one that was typed', async ({
  startForge,
  window,
}) => {
  const forge = await startForge({ dialect: 'gitea', rootUrl: 'http://git.nowhere.invalid' })
  await forge.world.createRepository({ owner: 'ada', name: 'engine', files: { 'wheels.txt': '42' } })
  await browse(window, forge, 'Gitea / Forgejo')
  const { start, failure, result } = cloneSheet(window)
  await open(window, 'ada/engine')
  await start('Quick check')
  await expect(failure).toContainText('pointed to another host')
  await failure.getByRole('button', { name: 'Use the address I typed' }).click()
  await expect(result).toContainText(`${forge.address}/ada/engine.git`)
})

test('a token that ran out is renewed for the clone; one that was taken away ends it plainly', async ({
  startForge,
  launch,
  pages,
}) => {
  const forge = await startForge({ dialect: 'gitlab' })
  await forge.world.createRepository({ owner: 'ada', name: 'engine' })
  const window = await readyWindow(await launch({ env: registered(forge, { confidential: false }) }))
  await wizard(window).open('GitLab', forge.address)
  await wizard(window).way('Continue in your browser').click()
  await localRequest(await forge.approve(await pages.next(), { as: 'ada' }))
  await window.getByRole('button', { name: 'Browse repositories' }).click()
  const { start, result, failure, again, close } = cloneSheet(window)
  await open(window, 'ada/engine')
  forge.expireTokens('ada')
  await start('Quick check')
  await expect(result).toBeVisible()
  expect(forge.requests.matching('POST /oauth/token').map(({ fields }) => fields.grant_type)).toEqual([
    'authorization_code',
    'refresh_token',
  ])

  forge.revokeTokens('ada')
  await again()
  await start('Quick check')
  await expect(failure).toContainText('OAuth token revoked.')
  await close()
  await goTo(window, 'Git Accounts')
  await expect(account(window, 'ada').row).toContainText(/Expired|Revoked/)
})
