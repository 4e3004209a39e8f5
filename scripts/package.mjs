import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildApp } from './build.mjs'
import { findElectron, officialElectron } from './electron-runtime.mjs'
import { main, root } from './main.mjs'
import { writeBillOfMaterials } from './package/bill-of-materials.mjs'
import { makeDebianPackage } from './package/debian-package.mjs'
import { fallbackSwitch, packagedVersion } from './package/runtime-choice.mjs'
import { installPackages } from './packages.mjs'
import { run } from './run.mjs'
import { Stop, say, secondsSince } from './say.mjs'

/** A build that a debugger may be attached to, for the tests of the installed package. Never to be given away. */
const forTests = process.env.CLOUDAIPILOT_E2E_PACKAGE === '1'

/** The settings that depend on who packs, and where. @param {string[]} [more] @returns {string[]} */
function settings(more = []) {
  const feed = process.env.CLOUDAIPILOT_UPDATE_URL
  if (feed === undefined) say('No CLOUDAIPILOT_UPDATE_URL: this build does not look for updates.')
  else if (!feed.startsWith('https://')) throw new Stop('CLOUDAIPILOT_UPDATE_URL has to begin with https://.')
  return [...more, ...(feed === undefined ? [] : ['-c.publish.provider=generic', `-c.publish.url=${feed}`])]
}

/** @param {readonly string[]} args @throws {Stop} */
async function electronBuilder(args) {
  const tool = path.join(root, 'node_modules', 'electron-builder', 'cli.js')
  const { code, output } = await run(process.execPath, [tool, ...args, '--publish', 'never'], { cwd: root })
  if (code !== 0) throw new Stop('electron-builder failed; see above.', { details: output })
  for (const line of output.split('\n').filter((text) => /^(Fuses|FOR TESTS|UNSIGNED)/.test(text))) say(line)
}

/** The Debian package, without a network. @param {string} output @param {boolean} allowed another runtime than the official one */
async function debian(output, allowed) {
  const { version: own } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const { executable: official, runtime: given, locked } = await officialElectron(root)
  // Judged before another one is fetched, which is good for nothing here without the switch.
  const version = packagedVersion({ version: own, runtime: given, locked, allowed })
  const executable = official ?? (await findElectron(root))
  await buildApp(root)
  const runtime = path.dirname(executable)
  const electron = readFileSync(path.join(runtime, 'version'), 'utf8').trim().replace(/^v/, '')
  const work = mkdtempSync(path.join(tmpdir(), 'cloudaipilot-package-'))
  try {
    // The runtime alone, without what makes it run an app folder from the command line.
    const bare = path.join(work, 'runtime')
    const strange = ['app', 'default_app.asar'].map((name) => path.join(runtime, 'resources', name))
    cpSync(runtime, bare, { recursive: true, filter: (file) => !strange.includes(file) })
    const folders = [`-c.electronDist=${bare}`, `-c.electronVersion=${electron}`, `-c.directories.output=${work}`]
    folders.push(`-c.extraMetadata.version=${version}`)
    if (version !== own) say(`FOR TRYING ONLY: this is ${version}, with Electron ${electron}. Not to be given away.`)
    await electronBuilder(['--linux', 'dir', '--x64', ...settings(folders)])
    const unpacked = path.join(work, 'linux-unpacked')
    const name = `cloudaipilot_${version}_amd64${forTests ? '_for-tests' : ''}`
    const file = path.join(output, `${name}.deb`)
    await makeDebianPackage({ root, unpacked, version, file, quick: forTests })
    if (process.env.CLOUDAIPILOT_UPDATE_URL && version === own) writeFeed(output, file, version)
    writeBillOfMaterials({
      root,
      binary: path.join(unpacked, 'cloudaipilot'),
      electron,
      file: path.join(output, `${name}.cdx.json`),
    })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * What electron-updater reads where updates lie: the version, and the package with its checksum.
 * @param {string} output @param {string} file @param {string} version
 */
function writeFeed(output, file, version) {
  const sha512 = createHash('sha512').update(readFileSync(file)).digest('base64')
  const [name, size] = [path.basename(file), statSync(file).size]
  const lines = [`version: ${version}`, 'files:', `  - url: ${name}`, `    sha512: ${sha512}`, `    size: ${size}`]
  lines.push(`path: ${name}`, `sha512: ${sha512}`, `releaseDate: '${new Date().toISOString()}'`, '')
  writeFileSync(path.join(output, 'latest-linux.yml'), lines.join('\n'))
}

/** Checksums of all that lies in a folder, in the form that `sha256sum --check` reads. @param {string} output */
function writeSums(output) {
  const names = readdirSync(output).filter(
    (name) => name !== 'SHA256SUMS' && statSync(path.join(output, name)).isFile(),
  )
  const lines = names.sort().map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(path.join(output, name)))
        .digest('hex')}  ${name}\n`,
  )
  writeFileSync(path.join(output, 'SHA256SUMS'), lines.join(''))
}

/**
 * Makes the installers of this system into `dist/`: on Linux the Debian package, with `--all` also .rpm and AppImage (which
 * electron-builder needs a network for); with `--with-fallback-runtime` also where only the old runtime can be had; on macOS and Windows what electron-builder.yml names.
 */
await main(async () => {
  const start = performance.now()
  const all = process.argv.includes('--all')
  const allowed = process.argv.includes(fallbackSwitch)
  await installPackages(root)
  const output = path.resolve(root, process.env.CLOUDAIPILOT_PACKAGE_OUTPUT ?? 'dist')
  mkdirSync(output, { recursive: true })
  if (process.platform === 'linux') {
    await debian(output, allowed)
    if (all) await electronBuilder(['--linux', 'rpm', 'AppImage', ...settings()])
    if (process.env.CLOUDAIPILOT_GPG_KEY === undefined)
      say('UNSIGNED: sign SHA256SUMS with your key before you publish.')
  } else {
    await buildApp(root)
    await electronBuilder(settings())
  }
  writeSums(output)
  for (const name of readdirSync(output).filter((entry) => statSync(path.join(output, entry)).isFile())) {
    say(
      `${path.relative(root, path.join(output, name))} (${(statSync(path.join(output, name)).size / 1e6).toFixed(1)} MB)`,
    )
  }
  say(`Packed (${secondsSince(start)})`)
  return 0
})
