import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startBrowser } from './demo/browser'
import { demoParts } from './demo/parts'
import { createPictures, type Stage } from './demo/stage'
import { createSteps } from './demo/steps'
import { launchElectron, profileIn, root } from './fixtures/electron'

/** `npm run demo`: what a person does, in the real app and a real browser, against forges and servers on this computer. */
const parts = demoParts

const folder = join(root, 'out', 'demo')

const demo = async (): Promise<boolean> => {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const ends: (() => Promise<unknown>)[] = []
  const onEnd: Stage['onEnd'] = (end) => ends.push(end)
  const prepared = []
  for (const part of parts) prepared.push(await part.prepare(onEnd))

  const env = Object.assign({ ...process.env }, ...prepared.map((one) => one.env)) as NodeJS.ProcessEnv
  const app = await launchElectron({ profile: profileIn(env.HOME ?? folder), env })
  const window = await app.firstWindow()
  window.setDefaultTimeout(15_000)
  const picture = createPictures(folder)
  const browser = await startBrowser(env, env.CHROMIUM ?? '/usr/bin/chromium')
  const steps = await createSteps(folder, () => picture(window, 'failure'))
  for (const [index, { play }] of prepared.entries()) {
    await steps.part(parts[index]?.steps ?? 0, () => play({ app, window, browser, steps, picture, onEnd }))
  }
  const ok = await steps.finish()

  if (process.argv.includes('--keep')) {
    console.log('The window stays open, with everything that it was connected to. Close it to end.')
    await app.waitForEvent('close', { timeout: 0 })
  } else {
    await app.close()
  }
  await browser.close()
  for (const end of ends.reverse()) await end().catch((error: unknown) => console.error(error))
  return ok
}

demo().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
