import { startForge } from '../../forge/forge'
import { connect, drive, listed } from '../driven'
import type { Figure } from '../figure'
import { percentile } from '../samples'

const count = 100_000
/** What a person types, deleting it again each time. */
const words = ['gateway', 'brisk docs', 'lunar-kiosk', 'ada/', 'forms 70', 'harbor']

/** Typing in the search box over 100,000 repositories: from the key to the painted result. */
export const figure: Figure = {
  name: 'search',
  measure: async ({ env, folder }) => {
    const forge = await startForge({ dialect: 'github', repositories: count })
    const { window, goTo, close } = await drive(await folder('search'), env)
    try {
      await connect(window, { provider: 'github', host: forge.address, token: forge.personalAccessToken() })
      await listed(window, 1, count)
      await goTo('Repositories')
      const box = window.getByRole('searchbox', { name: 'Search repositories' })
      await box.click()
      await window.evaluate(() => {
        const taken: number[] = []
        let most = 0
        // A key that changes nothing is answered by nothing, and must not be taken for a slow one.
        let last: MutationObserver | null = null
        const list = () => document.querySelectorAll('[aria-label="Repositories"] li').length
        document.addEventListener(
          'input',
          (event) => {
            const from = event.timeStamp
            last?.disconnect()
            const observer = new MutationObserver(() => {
              observer.disconnect()
              requestAnimationFrame((frame) => {
                taken.push(Math.max(frame, performance.now()) - from)
                most = Math.max(most, list())
              })
            })
            last = observer
            const line = [...document.querySelectorAll('[role=status]')].find((one) =>
              /repositor/.test(one.textContent ?? ''),
            )
            observer.observe(line?.parentElement ?? document.body, {
              subtree: true,
              childList: true,
              characterData: true,
            })
          },
          true,
        )
        Object.assign(globalThis, { measured: () => ({ taken, most }) })
      })
      for (const word of words) {
        await box.pressSequentially(word, { delay: 90 })
        for (const _ of word) await window.keyboard.press('Backspace', { delay: 20 })
      }
      const { taken, most } = (await window.evaluate('measured()')) as { taken: number[]; most: number }
      return [
        {
          name: 'key to painted result, 100,000 rows, p95',
          unit: 'ms',
          ours: percentile(taken, 0.95),
          reference: 0,
          limit: 50,
          budget: '50 ms',
        },
        { name: 'row nodes in the page', unit: 'count', ours: most, reference: 0, limit: 59, budget: 'under 60' },
      ]
    } finally {
      await close()
      await forge.close()
    }
  },
}
