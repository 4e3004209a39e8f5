import { catchPages } from '../../fixtures/opened-pages'
import { registered } from '../../fixtures/sign-in-parts'
import { startForge } from '../../forge/forge'
import { localRequest } from '../../forge/local-request'
import { drive } from '../driven'
import type { Figure } from '../figure'
import { median } from '../samples'

const latency = 30

/** From the browser's answer to "Connected", with a forge that takes 30 ms for each answer. */
export const figure: Figure = {
  name: 'sign-in',
  measure: async ({ env, folder }) => {
    const forge = await startForge({ dialect: 'gitlab', repositories: 20, latencyMs: latency })
    const pages = await catchPages(env)
    const taken: number[] = []
    const needed: number[] = []
    try {
      const own = { ...env, ...registered(forge, { confidential: false }) }
      const { window, close } = await drive(await folder('sign-in'), own)
      try {
        for (let turn = 0; turn < 7; turn += 1) {
          const connected = window.evaluate(
            (host) =>
              new Promise<number>((resolve) => {
                const stop = bridge.on('sign-ins.changed', (signIn) => {
                  if (signIn?.phase !== 'connected') return
                  stop()
                  requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()))
                })
                void bridge.signIns.start({ provider: 'gitlab', host, way: 'redirect' })
              }),
            forge.address,
          )
          const landing = await forge.approve(await pages.next(), { as: 'ada' })
          forge.requests.clear()
          const from = Date.now()
          await localRequest(landing)
          taken.push((await connected) - from)
          // The calls that it takes, one after the other: the code for a token, then who that is.
          needed.push(latency * forge.requests.all.filter(({ path }) => /oauth\/token$|\/user$/.test(path)).length)
        }
      } finally {
        await close()
      }
    } finally {
      await forge.close()
    }
    return [
      {
        name: 'answer of the browser to "Connected"',
        unit: 'ms',
        ours: median(taken),
        reference: median(needed),
        limit: median(needed) + 150,
        budget: "the forge's latency of the calls needed + 150 ms",
      },
    ]
  },
}
