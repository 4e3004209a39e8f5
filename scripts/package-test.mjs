import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { main, root } from './main.mjs'
import { fallbackSwitch } from './package/runtime-choice.mjs'
import { installPackages } from './packages.mjs'
import { run } from './run.mjs'
import { Stop, say, secondsSince } from './say.mjs'
import { installSystemPackages } from './system-packages.mjs'

/**
 * Installs the Debian package on this very system, proves it in use by somebody who is not root, and removes it again.
 * Apart from `npm test`, as it takes a system that may be changed: root, and no CloudAIPilot installed by hand.
 */
await main(async () => {
  const start = performance.now()
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Stop('This installs a package with dpkg, so it needs root on Debian or one of its children.', {
      action: 'Run it in a container or a virtual machine.',
    })
  }
  const { code: present } = await run('dpkg-query', ['-W', 'cloudaipilot'])
  if (present === 0) {
    throw new Stop('CloudAIPilot is installed on this system already.', {
      action: 'Remove it first (dpkg -r cloudaipilot): this test installs and removes its own.',
    })
  }
  await installPackages(root)
  await installSystemPackages('test')
  const output = mkdtempSync(path.join(tmpdir(), 'cloudaipilot-packed-'))
  try {
    const env = { ...process.env, CLOUDAIPILOT_E2E_PACKAGE: '1', CLOUDAIPILOT_PACKAGE_OUTPUT: output }
    const script = path.join(root, 'scripts', 'package.mjs')
    // What is tested is how it installs and runs, with whatever runtime can be had here.
    const packed = await run(process.execPath, [script, fallbackSwitch], { cwd: root, env })
    if (packed.code !== 0) throw new Stop('The package could not be made; see above.', { details: packed.output })
    const file = readdirSync(output).find((name) => name.endsWith('.deb')) ?? ''
    say(`Package made (${secondsSince(start)})`)
    const config = path.join(root, 'e2e', 'package.config.ts')
    const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js')
    const { code } = await run(process.execPath, [cli, 'test', '--config', config, ...process.argv.slice(2)], {
      cwd: root,
      env: { ...process.env, CLOUDAIPILOT_E2E_DEB: path.join(output, file) },
      show: true,
    })
    say(`Package test: ${code === 0 ? 'passed' : 'failed'} (${secondsSince(start)})`)
    return code
  } finally {
    rmSync(output, { recursive: true, force: true })
    // Whatever has happened, the system is left as it was found.
    const { code } = await run('dpkg-query', ['-W', 'cloudaipilot'])
    if (code === 0) await run('dpkg', ['--purge', 'cloudaipilot'])
  }
})
