import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { run } from '../run.mjs'
import { Stop } from '../say.mjs'

/** Where the app lies on the system that it is installed on; the desktop entry names it too. */
const place = 'opt/CloudAIPilot'

/** What Chromium links to and what the app starts. Both names where Debian's 64-bit time transition renamed a library. */
const depends = [
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6 (>= 2.31)',
  'libcups2 | libcups2t64',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libsecret-1-0',
  'libxkbcommon0',
  'xdg-utils',
  'git',
  'openssh-client',
]
const recommends = ['gnome-keyring | kwalletmanager', 'desktop-file-utils']

/** @param {string} folder @returns {string[]} its files below it, sorted; links are none */
const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort()

/** The rights of everything installed: nobody but root may write, and no bit is left from whoever built it. @param {string} folder */
function setRights(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name)
    if (entry.isSymbolicLink()) continue
    chmodSync(file, entry.isDirectory() || (lstatSync(file).mode & 0o111) !== 0 ? 0o755 : 0o644)
  }
  // Chromium's sandbox helper makes namespaces for those who may not make any themselves
  // (chromium/docs/linux/suid_sandbox_development.md).
  chmodSync(path.join(folder, place, 'chrome-sandbox'), 0o4755)
}

/** @param {string} version @param {number} kilobytes @param {{ description: string }} app */
const control = (version, kilobytes, { description }) =>
  [
    'Package: cloudaipilot',
    `Version: ${version}`,
    'Architecture: amd64',
    'Maintainer: CloudAIPilot contributors <maintainers@cloudaipilot.invalid>',
    'Section: devel',
    'Priority: optional',
    `Installed-Size: ${kilobytes}`,
    `Depends: ${depends.join(', ')}`,
    `Recommends: ${recommends.join(', ')}`,
    `Description: ${description}`,
    ' Connects GitHub, GitLab, Bitbucket, Gitea, Forgejo and SSH git hosts, proves that',
    ' private repositories can be cloned and deploys apps from them to your own servers.',
    '',
  ].join('\n')

/**
 * Lays out the system's tree. @param {string} root the repository @param {string} unpacked @param {string} tree @param {string} version
 */
function layOut(root, unpacked, tree, version) {
  const linux = path.join(root, 'packaging', 'linux')
  const usr = (/** @type {string[]} */ ...names) => {
    const file = path.join(tree, 'usr', ...names)
    mkdirSync(path.dirname(file), { recursive: true })
    return file
  }
  cpSync(unpacked, path.join(tree, place), { recursive: true })
  // By this electron-updater knows how the app was installed.
  writeFileSync(path.join(tree, place, 'resources', 'package-type'), 'deb')
  mkdirSync(path.join(tree, 'usr', 'bin'), { recursive: true })
  symlinkSync(`/${place}/resources/bin/cloudaipilot`, usr('bin', 'cloudaipilot'))
  copyFileSync(path.join(linux, 'cloudaipilot.desktop'), usr('share', 'applications', 'cloudaipilot.desktop'))
  const icons = path.join(root, 'resources', 'icons')
  for (const name of readdirSync(icons)) {
    const size = /^(\d+x\d+)\.png$/.exec(name)?.[1]
    if (size) copyFileSync(path.join(icons, name), usr('share', 'icons', 'hicolor', size, 'apps', 'cloudaipilot.png'))
  }
  copyFileSync(path.join(icons, 'app.svg'), usr('share', 'icons', 'hicolor', 'scalable', 'apps', 'cloudaipilot.svg'))
  const documents = usr('share', 'doc', 'cloudaipilot', 'copyright')
  writeFileSync(
    documents,
    `${readFileSync(path.join(linux, 'copyright'), 'utf8')}\n${readFileSync(path.join(root, 'LICENSE'), 'utf8')}`,
  )
  const entry = `cloudaipilot (${version}) stable; urgency=medium\n\n  * See the project's history.\n\n -- CloudAIPilot contributors <maintainers@cloudaipilot.invalid>  Thu, 01 Jan 1970 00:00:00 +0000\n`
  writeFileSync(path.join(path.dirname(documents), 'changelog.gz'), gzipSync(entry, { level: 9 }))
}

/**
 * Makes a Debian package of an unpacked app with nothing but dpkg; everything in it belongs to root, whoever builds it.
 * @param {object} options
 * @param {string} options.root the repository
 * @param {string} options.unpacked the app as electron-builder has left it
 * @param {string} options.version
 * @param {string} options.file where the package goes
 * @param {boolean} options.quick packs less tightly, for tests
 * @throws {Stop} when dpkg refuses
 */
export async function makeDebianPackage({ root, unpacked, version, file, quick }) {
  const work = mkdtempSync(path.join(path.dirname(file), 'deb-'))
  try {
    const tree = path.join(work, 'tree')
    layOut(root, unpacked, tree, version)
    setRights(tree)
    const files = filesBelow(tree)
    const bytes = files.reduce((sum, name) => sum + lstatSync(path.join(tree, name)).size, 0)
    const debian = path.join(tree, 'DEBIAN')
    mkdirSync(debian)
    const app = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
    writeFileSync(path.join(debian, 'control'), control(version, Math.ceil(bytes / 1024), app))
    const sums = files.map((name) => {
      const sum = createHash('md5')
        .update(readFileSync(path.join(tree, name)))
        .digest('hex')
      return `${sum}  ${name}\n`
    })
    writeFileSync(path.join(debian, 'md5sums'), sums.join(''))
    for (const script of ['postinst', 'postrm']) {
      copyFileSync(path.join(root, 'packaging', 'linux', script), path.join(debian, script))
      chmodSync(path.join(debian, script), 0o755)
    }
    for (const folder of [tree, debian]) chmodSync(folder, 0o755)
    const packed = path.join(work, 'packed.deb')
    // Known to dpkg since Debian 12 and Ubuntu 18.04; xz takes minutes for the same size.
    const compression = ['-Zzstd', quick ? '-z3' : '-z12']
    const { code, output } = await run('dpkg-deb', [...compression, '--root-owner-group', '--build', tree, packed])
    if (code !== 0) throw new Stop('dpkg could not make the package; see above.', { details: output })
    renameSync(packed, file)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
