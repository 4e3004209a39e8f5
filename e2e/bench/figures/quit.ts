import { ended, leave } from '../../fixtures/quit'
import { startForge } from '../../forge/forge'
import { connect, drive, listed } from '../driven'
import type { Figure } from '../figure'

const limitMs = 3000
const runs = 3

/** From the request to quit to the end of the process: while a host answers nothing, and where the exit itself hangs. */
export const figure: Figure = {
  name: 'quit',
  measure: async ({ env, folder }) => {
    const forge = await startForge({ dialect: 'github', repositories: 20 })
    const profile = await folder('quit')
    const token = forge.personalAccessToken({ user: 'ada' })
    const once = async (hangs: boolean, first: boolean): Promise<number> => {
      const { app, window } = await drive(profile, env)
      if (first) await connect(window, { provider: 'github', host: forge.address, token })
      await listed(window, 1, 20)
      forge.faults.next({ match: () => true, times: Number.POSITIVE_INFINITY, hang: true })
      await window.evaluate(() => {
        void bridge.accounts.refreshAll()
        void bridge.repositories.refresh({})
      })
      if (hangs) {
        await app.evaluate(() => {
          process.on('exit', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
        })
      }
      const child = app.process()
      const from = performance.now()
      const gone = ended(child).then(() => performance.now() - from)
      const left = await leave(app, child)
      forge.faults.clear()
      if (left !== 'left') throw new Error(`The app was asked to quit: ${left}`)
      return gone
    }
    const lines = async (name: string, hangs: boolean, first: boolean) => {
      const taken: number[] = []
      for (let run = 0; run < runs; run += 1) taken.push(await once(hangs, first && run === 0))
      const ours = Math.max(...taken)
      return { name, unit: 'ms' as const, ours, reference: 0, limit: limitMs, budget: '3 s' }
    }
    try {
      return [
        await lines('quit while a host does not answer', false, true),
        await lines('quit where the exit hangs', true, false),
      ]
    } finally {
      await forge.close()
    }
  },
}
