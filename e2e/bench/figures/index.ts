import { setTimeout as wait } from 'node:timers/promises'
import { root } from '../../fixtures/electron'
import { startForge } from '../../forge/forge'
import { startApp } from '../app-start'
import { connect, drive, listed } from '../driven'
import type { Figure } from '../figure'
import { memoryOf } from '../memory'
import { median } from '../samples'
import { stalls } from '../stalls'

const each = 12_500
const starts = 9
const refreshes = 3
/** Ms after which nothing is still at work; V8 gives memory back about 20 s after the last work. */
const settled = 30_000

const dialects = ['github', 'gitlab', 'bitbucket', 'gitea', 'github', 'gitlab', 'bitbucket', 'forgejo'] as const
const providerOf = (dialect: (typeof dialects)[number]) => (dialect === 'forgejo' ? 'gitea' : dialect)

/** Tells when the first repository has been painted: after the frame that follows its coming into the page. */
const firstRow = `const rows = 'ul[aria-label=Repositories] li'
const look = () => {
  if (document.querySelector(rows) === null) return
  observer.disconnect()
  requestAnimationFrame(() => setTimeout(() => report('row')))
}
const observer = new MutationObserver(look)
observer.observe(document, { childList: true, subtree: true })
look()`

type Driven = Awaited<ReturnType<typeof drive>>

/** Lists every account again and waits until the last one has ended. */
const refresh = ({ window }: Driven): Promise<void> =>
  window.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const from = Date.now()
        const stop = bridge.on('repositories.changed', ({ listings }) => {
          if (!listings.every(({ state, completeAt }) => state === 'idle' && (completeAt ?? 0) >= from)) return
          stop()
          resolve()
        })
        void bridge.repositories.refresh({})
      }),
  )

/** The most that an app needs while something goes on, in MB. */
const peak = async (pid: number, act: () => Promise<unknown>): Promise<number> => {
  let most = 0
  let over = false
  const watching = (async () => {
    while (!over) {
      most = Math.max(most, memoryOf(pid))
      await wait(100)
    }
  })()
  await act()
  over = true
  await watching
  return most
}

/** 100,000 repositories of eight accounts with four providers: the first paint, a full refresh, and one where nothing is new. */
export const figure: Figure = {
  name: 'index',
  measure: async ({ env, folder }) => {
    const profile = await folder('index')
    const forges = await Promise.all(dialects.map((dialect) => startForge({ dialect, repositories: each })))
    try {
      const first = await drive(profile, env)
      for (const forge of forges) {
        await connect(first.window, {
          provider: providerOf(forge.dialect),
          host: forge.address,
          token: forge.personalAccessToken(),
          username: forge.dialect === 'bitbucket' ? 'ada@example.com' : '',
        })
      }
      await listed(first.window, dialects.length, dialects.length * each)
      await first.goTo('Repositories')
      await first.close()

      const shown: number[] = []
      const rows: number[] = []
      for (let turn = 0; turn < starts; turn += 1) {
        const started = startApp({ app: root, profile, env, script: firstRow })
        try {
          shown.push(await started.mark('ready-to-show'))
          rows.push(await started.mark('row'))
        } finally {
          await started.stop()
        }
      }

      const driven = await drive(profile, env)
      const pid = driven.app.process().pid ?? 0
      await refresh(driven)
      await wait(settled)
      const idle = memoryOf(pid)
      // Every page is another one than it was.
      const renewed = () => {
        for (const forge of forges) for (const repository of forge.world.repositories()) repository.pushedAt += 1000
        return refresh(driven)
      }
      // Counting a process's pages holds it up, so that stalls and memory have a refresh each.
      const most = await peak(pid, renewed)
      await wait(settled)
      const after = memoryOf(pid)
      const stalled: number[] = []
      for (let turn = 0; turn < refreshes; turn += 1) stalled.push((await stalls(driven, renewed)).main)

      for (const forge of forges) forge.requests.clear()
      await refresh(driven)
      const bodies = forges
        .filter(({ dialect }) => dialect === 'github')
        .flatMap(({ requests }) => requests.matching(/\/user\/repos$/))
        .filter(({ status }) => status === 200).length
      await driven.close()
      return [
        {
          name: 'first row of 100,000 at start',
          unit: 'ms',
          ours: median(rows),
          reference: median(shown),
          limit: median(shown) + 150,
          budget: 'the window’s own first paint + 150 ms',
        },
        {
          name: 'longest stall of main, full refresh',
          unit: 'ms',
          ours: median(stalled),
          reference: 0,
          limit: 50,
          budget: '50 ms',
        },
        {
          name: 'memory, full refresh',
          unit: 'MB',
          ours: most,
          reference: idle,
          limit: idle + 120,
          budget: 'idle + 120 MB',
        },
        { name: 'memory after it', unit: 'MB', ours: after, reference: idle, limit: idle + 20, budget: 'idle + 20 MB' },
        {
          name: 'bodies of unchanged pages with ETags',
          unit: 'count',
          ours: bodies,
          reference: 0,
          limit: 0,
          budget: 'none',
        },
      ]
    } finally {
      await Promise.all(forges.map((forge) => forge.close()))
    }
  },
}
