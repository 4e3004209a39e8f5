import { root } from '../../fixtures/electron'
import { plainWindow, startApp } from '../app-start'
import type { Figure } from '../figure'
import { compare } from '../samples'

/** From the start of the program until its window has something to show; both with a profile that has been used before. */
export const figure: Figure = {
  name: 'window-ready',
  measure: async ({ env, folder }) => {
    const until = (app: string, profile: string) => async () => {
      const started = startApp({ app, profile, env })
      try {
        return await started.mark('ready-to-show')
      } finally {
        await started.stop()
      }
    }
    const own = until(root, await folder('window-ready'))
    const plain = until(plainWindow, await folder('window-ready-plain'))
    const { ours, reference } = await compare(9, own, plain)
    return [
      {
        name: 'window ready to show',
        unit: 'ms',
        ours,
        reference,
        limit: reference + 150,
        budget: 'hello-world window + 150 ms',
      },
    ]
  },
}
