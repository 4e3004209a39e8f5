import { setTimeout as wait } from 'node:timers/promises'
import { startForge } from '../../forge/forge'
import { connect, drive, listed } from '../driven'
import type { Figure } from '../figure'
import { memoryOf } from '../memory'

const opens = 1000
/** Ms after which nothing that belongs to a page is still at work. */
const settled = 5000

/** Memory after every screen of the sidebar has been opened a thousand times in all. */
export const figure: Figure = {
  name: 'pages-memory',
  measure: async ({ env, folder }) => {
    const forge = await startForge({ dialect: 'github', repositories: 300 })
    const { app, window, close } = await drive(await folder('pages-memory'), env, ['--js-flags=--expose-gc'])
    try {
      await connect(window, { provider: 'github', host: forge.address, token: forge.personalAccessToken() })
      await listed(window, 1, 300)
      const pid = app.process().pid ?? 0
      /** Opens screens one after the other, each once it has been drawn. */
      const open = (count: number) =>
        window.evaluate(async (times) => {
          const links = () => [...document.querySelectorAll<HTMLAnchorElement>('nav a[href^="#/"]')]
          const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)))
          for (let turn = 0; turn < times; turn += 1) {
            const all = links()
            all[turn % all.length]?.click()
            await frame()
            await frame()
          }
        }, count)
      const rest = async () => {
        await window.evaluate('globalThis.gc?.()')
        await wait(settled)
        return memoryOf(pid)
      }
      // Every screen's code is there, and what it keeps on purpose.
      await open(100)
      const before = await rest()
      await open(opens)
      const after = await rest()
      return [
        {
          name: 'memory after 1,000 screens',
          unit: 'MB',
          ours: after,
          reference: before,
          limit: before + 10,
          budget: 'the start + 10 MB',
        },
      ]
    } finally {
      await close()
      await forge.close()
    }
  },
}
