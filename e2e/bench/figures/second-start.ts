import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { electronBinary, hasSandbox, launchElectron, root } from '../../fixtures/electron'
import { quit } from '../driven'
import type { Figure } from '../figure'
import { instant, median } from '../samples'

const runs = 9

/** Starting the app while it runs with its window minimised: from the start to the window that is shown. */
export const figure: Figure = {
  name: 'second-start',
  measure: async ({ env, folder }) => {
    const profile = await folder('second-start')
    const app = await launchElectron({ profile, env })
    try {
      await (await app.firstWindow()).locator('body[data-ready]').waitFor()
      const taken: number[] = []
      for (let run = 0; run <= runs; run += 1) {
        const shown = app.evaluate(
          ({ BrowserWindow }) =>
            new Promise<number>((resolve) => {
              const [window] = BrowserWindow.getAllWindows()
              window?.hide()
              window?.once('show', () => resolve(performance.timeOrigin + performance.now()))
            }),
        )
        // The window is hidden before the second start: evaluations are answered in order.
        await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
        const from = instant()
        const args = [...(hasSandbox ? [] : ['--no-sandbox']), root, `--user-data-dir=${profile}`]
        const second = spawn(electronBinary(), args, { env, stdio: 'ignore' })
        const left = once(second, 'close')
        // The first is for the file cache.
        if (run > 0) taken.push((await shown) - from)
        else await shown
        await left
      }
      return [
        {
          name: 'second start to window shown',
          unit: 'ms',
          ours: median(taken),
          reference: 0,
          limit: 250,
          budget: '250 ms',
        },
      ]
    } finally {
      await quit(app)
    }
  },
}
