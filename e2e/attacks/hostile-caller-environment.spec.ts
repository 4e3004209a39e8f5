import { readFileSync } from 'node:fs'
import { descendants } from '../../src-main/testing/process-watch'
import { expect, readyWindow, test } from '../fixtures/app'
import { textsInMemory } from '../fixtures/process-memory'
import { registered } from '../fixtures/sign-in-parts'
import { localRequest } from '../forge/local-request'
import { wizard } from '../pages/wizard'

const strangers = {
  GITHUB_TOKEN: 'environment-canary-github-token',
  GH_TOKEN: 'ghp_environmentCanary0123456789abcdefghi',
  GITLAB_TOKEN: 'environment-canary-gitlab-token',
  AWS_SECRET_ACCESS_KEY: 'environment-canary-aws-key',
  DATABASE_URL: 'postgres://ada:environment-canary-database@db.example.com/app',
}

/** A program that ended since it was listed holds nothing any more. */
const unlessEnded = (look: () => readonly string[]): readonly string[] => {
  try {
    return look()
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  }
}

const findingsIn = (pid: number, texts: readonly string[]): readonly string[] =>
  unlessEnded(() => {
    const type = /--type=[\w-]+/.exec(readFileSync(`/proc/${pid}/cmdline`, 'latin1'))?.[0] ?? 'a program'
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1')
    return [
      ...texts.filter((text) => environment.includes(text)).map((text) => `environment of ${type}: ${text}`),
      ...textsInMemory(pid, texts).map((text) => `memory of ${type}: ${text}`),
    ]
  })

/** What every process below the app's own holds of the texts, in its environment and in its memory. */
const findings = (main: number, texts: readonly string[]): readonly string[] =>
  descendants(main).flatMap((pid) => findingsIn(pid, texts))

test('no process below the app’s own knows a secret of the environment that it was started with', async ({
  startForge,
  launch,
  pages,
}) => {
  test.skip(process.platform !== 'linux', 'Only Linux shows the memory of other processes as files.')
  const forge = await startForge({ dialect: 'github', repositories: 3 })
  const own = registered(forge)
  const canaries = [own.CLOUDAIPILOT_GITHUB_CLIENT_SECRET ?? '', ...Object.values(strangers)]
  const app = await launch({ env: { ...own, ...strangers } })
  const main = app.process().pid ?? 0
  const window = await readyWindow(app)
  expect(findings(main, canaries)).toEqual([])

  // The secret is at hand all the same, and it works.
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).way('Continue in your browser').click()
  await localRequest(await forge.approve(await pages.next(), { as: 'ada' }))
  await expect(wizard(window).connected('ada')).toBeVisible()
  expect(forge.requests.matching('POST /login/oauth/access_token')[0]?.fields).toHaveProperty('client_secret')
  expect(findings(main, canaries)).toEqual([])
  expect(await app.evaluate(() => JSON.stringify(process.env))).not.toContain('anary')

  // A search that finds nothing proves something only where it can find.
  const marker = `marker-${main}-of-this-window`
  await window.evaluate((text) => document.body.setAttribute('data-marker', text), marker)
  expect(findings(main, [marker])).toContain(`memory of --type=renderer: ${marker}`)
})
