import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../clock'
import type { Fetch } from '../../network/fetch'
import { accountsOnDisk } from '../../testing/accounts-on-disk'
import { expiredAccount, expiredAccountId, refreshTokenIn } from '../../testing/expired-account'
import { startKillingForge } from '../../testing/killing-forge'
import { type LoopbackServer, listen } from '../../testing/loopback-server'
import { loopbackFetch } from '../../testing/no-network'
import { createTokenForge, type TokenForge } from '../../testing/token-forge'

/** How many kills there are at least. Each step is met once in any case; `npm run attack` asks for 200. */
const atLeast = Number(process.env.CLOUDAIPILOT_TEST_KILLS ?? 0)
const fetch: Fetch = (url, init) => loopbackFetch(url, init)

let folder: string
let program: string
let server: LoopbackServer
let forge: TokenForge

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-renewal-'))
  program = join(folder, 'killed-renewal.mjs')
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: resolve(import.meta.dirname, '../../testing/killed-renewal.ts'),
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'killed-renewal.mjs' } },
    },
  })
  server = await listen(createServer((request, response) => forge.listener(request, response)))
  forge = createTokenForge(server.url)
}, 240_000)

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const accountId = expiredAccountId

/** A profile with one account whose access token has just ended. */
const profile = async (name: string) => {
  const home = join(folder, name)
  return { home, pair: await expiredAccount(home, forge, name) }
}

/** Runs the program; how it ended and what it said. */
const renew = (home: string, last: number) =>
  new Promise<{ readonly signal: string | null; readonly said: string }>((done) => {
    execFile(process.execPath, [program, home, accountId, String(last)], (error, said) =>
      done({ signal: error === null ? null : (error.signal ?? `exit ${error.code}`), said }),
    )
  })

it('is never lost and never loops, killed at every step of a renewal', async () => {
  const { said } = await renew((await profile('lives')).home, 0)
  const steps = Number(said)
  expect(steps).toBeGreaterThan(30)
  const runs = Math.max(steps, atLeast)

  const outcomes = { connected: 0, reconnect: 0 }
  const kill = async (run: number) => {
    const name = `run-${run}`
    const { home, pair } = await profile(name)
    const { signal, said: at } = await renew(home, 1 + (run % steps))
    expect(signal).toBe('SIGKILL')

    // What the vault holds, and whether it is worth anything, before anybody tries.
    const refresh = await refreshTokenIn(home)
    const spent = forge.refreshes.includes(pair.refresh)
    const usable = refresh !== pair.refresh || !spent
    // An answer is written as soon as it is here: it is lost at no other step.
    if (!usable) expect(at).toBe('answered')
    // A pair that was used had been durable before.
    if (forge.usedBy(name).length > 0) expect(refresh).not.toBe(pair.refresh)
    const sent = () => forge.refreshes.filter((token) => token === pair.refresh || token === refresh).length

    const before = sent()
    const { accounts } = await accountsOnDisk(home, fetch, systemClock)
    expect(accounts.list()).toMatchObject([{ id: accountId, login: name }])
    await accounts.start()
    await accounts.stop()
    const { state, reason } = accounts.get(accountId)
    expect({ run, state, reason: reason?.facts.reason }).toEqual(
      usable ? { run, state: 'connected' } : { run, state: 'expired', reason: 'answer-lost' },
    )
    expect(sent() - before).toBeLessThanOrEqual(1)
    outcomes[usable ? 'connected' : 'reconnect'] += 1

    if (usable) {
      await accounts.access.open(accountId).client.viewer()
      expect(forge.usedBy(name)).not.toEqual([])
    } else {
      // Given up is given up: the next start asks nobody anything.
      const { accounts: again } = await accountsOnDisk(home, fetch, systemClock)
      await again.start()
      await again.stop()
      expect(again.list()).toMatchObject([{ id: accountId, state: 'expired' }])
      expect(forge.refreshes.filter((token) => token === pair.refresh)).toHaveLength(2)
    }
  }
  const left = Array.from({ length: runs }, (_, run) => run)
  const work = async () => {
    for (let run = left.shift(); run !== undefined; run = left.shift()) await kill(run)
  }
  await Promise.all([work(), work(), work()])
  expect(outcomes.connected + outcomes.reconnect).toBe(runs)
  // Both ways out were met; the second one only between the server's answer and our disk.
  expect(outcomes.connected).toBeGreaterThan(0)
  expect(outcomes.reconnect).toBeGreaterThan(0)
}, 240_000)

it('asks for a new sign-in only where the answer was not written yet and the forge takes no token twice', async () => {
  const killing = await startKillingForge(folder, program, fetch)
  const lost = { kept: false, state: 'expired', reason: 'answer-lost', asked: 1 }
  for (const point of ['before-answer', 'in-answer'] as const) {
    killing.forge.graceful = false
    expect(await killing.kill(`strict-${point}`, point)).toEqual(lost)
    killing.forge.graceful = true
    expect(await killing.kill(`graceful-${point}`, point)).toMatchObject({ kept: false, state: 'connected', asked: 1 })
  }
  killing.forge.graceful = false
  for (const again of [1, 2, 3]) {
    expect(await killing.kill(`written-${again}`, 'written')).toMatchObject({
      kept: true,
      state: 'connected',
      asked: 0,
    })
  }
  for (const afterMs of [0, 1, 5, 20]) {
    const ended = await killing.kill(`after-${afterMs}`, afterMs)
    // What was written is kept, and nobody is asked for it again; what was not is told as lost.
    expect(ended).toMatchObject(ended.kept ? { state: 'connected', asked: 0 } : lost)
  }
  await killing.close()
}, 120_000)
