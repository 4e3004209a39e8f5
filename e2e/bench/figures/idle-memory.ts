import { setTimeout as wait } from 'node:timers/promises'
import { root } from '../../fixtures/electron'
import { plainWindow, startApp } from '../app-start'
import type { Figure } from '../figure'
import { memoryOf } from '../memory'
import { compare } from '../samples'

/** Ms after which nothing that belongs to the start is still at work. */
const settled = 4000

/** Memory of all processes with the window open and nobody doing anything. */
export const figure: Figure = {
  name: 'idle-memory',
  measure: async ({ env, folder }) => {
    const idle = (app: string, profile: string) => async () => {
      const started = startApp({ app, profile, env })
      try {
        await started.mark('ready-to-show')
        await wait(settled)
        return memoryOf(started.child.pid ?? 0)
      } finally {
        await started.stop()
      }
    }
    const own = idle(root, await folder('idle-memory'))
    const plain = idle(plainWindow, await folder('idle-memory-plain'))
    const { ours, reference } = await compare(5, own, plain)
    return [
      { name: 'idle memory', unit: 'MB', ours, reference, limit: reference + 60, budget: 'hello-world window + 60 MB' },
    ]
  },
}
