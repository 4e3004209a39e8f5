import path from 'node:path'
import { buildApp } from './build.mjs'
import { findElectron } from './electron-runtime.mjs'
import { describeElectron, inDesktopSession } from './in-window.mjs'
import { main, root } from './main.mjs'
import { installPackages } from './packages.mjs'
import { run } from './run.mjs'
import { installSystemPackages } from './system-packages.mjs'

/** Runs the long attacks of `e2e/attacks/long`, which `npm test` leaves out; arguments go to Playwright. */
await main(async () => {
  await installPackages(root)
  await installSystemPackages('test')
  const executable = await findElectron(root)
  await buildApp(root)
  const electron = await describeElectron(executable)
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  const config = path.join(root, 'e2e', 'attack.config.ts')
  return inDesktopSession('none', async (env) => {
    const { code } = await run(process.execPath, [cli, 'test', '--config', config, ...process.argv.slice(2)], {
      cwd: root,
      env: { ...env, ...electron },
      show: true,
    })
    return code
  })
})
