import path from 'node:path'
import { buildApp } from './build.mjs'
import { hasDisplay } from './display.mjs'
import { findElectron } from './electron-runtime.mjs'
import { main, root } from './main.mjs'
import { installPackages } from './packages.mjs'
import { run } from './run.mjs'
import { whyNoSandbox } from './sandbox.mjs'
import { Stop, say } from './say.mjs'
import { installSystemPackages } from './system-packages.mjs'

/** Starts the app; everything on the command line, a deep link for instance, is handed on to it. */
await main(async () => {
  if (!hasDisplay()) {
    throw new Stop(
      'There is no display to open a window on. `npm run demo` brings one of its own and shows the app at work.',
    )
  }
  await installPackages(root)
  await installSystemPackages('start')
  const executable = await findElectron(root)
  await buildApp(root)

  const switches = []
  const reason = await whyNoSandbox(executable)
  if (reason !== null) {
    say(`Chromium's sandbox is off: ${reason}.`)
    switches.push('--no-sandbox')
  }
  if (process.platform === 'linux' && !process.env.DISPLAY) switches.push('--ozone-platform-hint=auto')
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  // The window of somebody without an account offers the demo.
  const demo = JSON.stringify([process.execPath, path.join(root, 'scripts', 'demo.mjs'), '--keep'])
  const { code } = await run(executable, [...switches, root, ...process.argv.slice(2)], {
    env: { ...env, CLOUDAIPILOT_DEMO: demo },
    show: true,
  })
  return code
})
