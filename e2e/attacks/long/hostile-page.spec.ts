import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GenericSchema } from 'valibot'
import { contract } from '../../../src-preload/contract'
import { expect, readyWindow, test } from '../../fixtures/app'
import { wizard } from '../../pages/wizard'
import { exampleInputs } from '../example-input'

const calls = 10_000
const atOnce = 250

/** Methods that open a dialog of the system, which nobody would answer here. */
const systemDialogs = new Set(['clones.chooseFolder', 'sshKeys.pickKeyFile', 'sshKeys.savePublicKey'])

const methods = Object.entries(contract).flatMap(([feature, own]) =>
  Object.entries(own).map(([name, { input }]) => ({ where: `${feature}.${name}`, input: input as GenericSchema })),
)

/** Park and Miller's generator, so that a run can be repeated. */
const randomNumbers = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** Values that fit nowhere, or nearly. */
const odd: readonly unknown[] = [
  null,
  '',
  'x',
  '__proto__',
  '\u202e\u0000',
  'a'.repeat(70_000),
  -1,
  1e308,
  true,
  [],
  [[[]]],
  {},
  { __proto__: null, id: { toString: 'x' } },
  { id: '../../etc/passwd' },
]

test(`${calls} calls of the bridge change nothing that is trusted, and main answers each by name`, async ({
  startForge,
  launch,
  profile,
  problems,
}) => {
  problems.expect(/Content Security Policy/)
  const forge = await startForge({ dialect: 'github', repositories: 20 })
  const app = await launch()
  const window = await readyWindow(app)
  await wizard(window).open('GitHub', forge.address)
  await wizard(window).connectWithToken(forge.personalAccessToken())
  await expect(wizard(window).connected('ada')).toBeVisible()

  /** What a document holds; empty where nothing was ever written. */
  const stored = (name: string): Record<string, unknown> => {
    const file = join(profile, `${name}.json`)
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { value: Record<string, unknown> }).value : {}
  }
  const entries = (name: string) => Object.values(stored(name)).flat().length
  const trusted = () => {
    const { proxy = { mode: 'system', url: '' }, gitPath = null, useInTerminal = false } = stored('settings')
    const lists = ['certificates', 'host-keys', 'oauth-apps', 'deploy-keys', 'servers', 'apps'].map(entries)
    return { proxy, gitPath, useInTerminal, lists }
  }
  const before = trusted()

  const random = randomNumbers(20_261)
  const called = methods.filter(({ where }) => !systemDialogs.has(where) && where !== 'system.openPage')
  const next = (): readonly [string, unknown] => {
    const { where, input } = called[random(called.length)] ?? { where: '', input: undefined }
    const fitting = input === undefined ? [] : exampleInputs(input, () => 'nobody')
    return random(3) === 0 ? [where, odd[random(odd.length)]] : [where, fitting[random(Math.max(1, fitting.length))]]
  }
  const codes = new Map<string, number>()
  for (let made = 0; made < calls; made += atOnce) {
    const batch = Array.from({ length: atOnce }, next)
    const answers = await window.evaluate(
      (all) =>
        Promise.all(
          all.map(async ([where, input]) => {
            const [feature = '', method = ''] = where.split('.')
            const bridge = (
              globalThis as unknown as { bridge: Record<string, Record<string, (given: unknown) => unknown>> }
            ).bridge
            // One that waits for a person's answer in main's own dialog is left waiting.
            const late = new Promise((done) => setTimeout(done, 5_000, { ok: false, failure: { code: 'waits' } }))
            const answer = (await Promise.race([bridge[feature]?.[method]?.(input), late])) as {
              ok: boolean
              failure?: { code: string }
            }
            return `${where} ${answer.ok ? 'ok' : (answer.failure?.code ?? 'no code')}`
          }),
        ),
      batch as [string, unknown][],
    )
    for (const answer of answers) codes.set(answer, (codes.get(answer) ?? 0) + 1)
  }
  expect([...codes.keys()].filter((answer) => /unexpected|no code/.test(answer))).toEqual([])
  expect(trusted()).toEqual(before)
  expect(app.windows().every((page) => /^app:\/\//.test(page.url()))).toBe(true)
  await expect(window.locator('body[data-ready]')).toBeVisible()
})
