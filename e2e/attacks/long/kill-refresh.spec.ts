import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { build } from 'vite'
import { createFetch } from '../../../src-main/network/create-fetch'
import { type Killed, type KillPoint, startKillingForge } from '../../../src-main/testing/killing-forge'

const kills = 200
const lanes = 2
/** Every eighth kill each comes before the answer, in it, and once it is written; the others so many ms after its last byte. */
const fixedPoints = ['before-answer', 'in-answer', 'written'] as const
const pointOf = (run: number): KillPoint => fixedPoints[run % 8] ?? (run % steps) * stepMs
const steps = 11
const stepMs = 4

test(`${kills} kills after a token request cost a sign-in only where the answer was not written yet`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-refresh-'))
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(__dirname, '../../../src-main/testing/killed-renewal.ts'),
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'killed-renewal.mjs' } },
    },
  })
  const fetch = createFetch({ userAgent: 'test', proxyFor: async () => null, trustedCertificate: () => null })
  const killing = await startKillingForge(folder, join(folder, 'killed-renewal.mjs'), fetch)
  const seen: { readonly point: KillPoint; readonly ended: Killed }[] = []
  const runs = Array.from({ length: kills }, (_, run) => run)
  const lane = async () => {
    for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
      const point = pointOf(run)
      seen.push({ point, ended: await killing.kill(`run-${run}`, point) })
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  await killing.close()
  rmSync(folder, { recursive: true })

  const count = (points: (point: KillPoint) => boolean, kept: boolean) =>
    seen.filter(({ point, ended }) => points(point) && ended.kept === kept).length
  const isAnswered = (point: KillPoint) => typeof point === 'number'
  for (const { point, ended } of seen) {
    expect({ point, ...ended }).toMatchObject(
      ended.kept ? { state: 'connected', asked: 0 } : { state: 'expired', reason: 'answer-lost', asked: 1 },
    )
    if (!isAnswered(point)) expect({ point, kept: ended.kept }).toEqual({ point, kept: point === 'written' })
  }
  const table = Array.from({ length: steps }, (_, step) => {
    const afterMs = step * stepMs
    const at = (point: KillPoint) => point === afterMs
    return `${afterMs} ms: ${count(at, true)} kept, ${count(at, false)} not written yet`
  })
  console.log(
    [
      `${count((point) => !isAnswered(point), false)} killed before the whole answer was sent: all have to sign in again`,
      `${count((point) => point === 'written', true)} killed when the answer was written: all come back working`,
      `${count(isAnswered, true)} kept, ${count(isAnswered, false)} not written yet, of those killed after its last byte went out:`,
      ...table,
    ].join('\n'),
  )
})
