'use strict'

const path = require('node:path')
const { setFuses } = require('./fuses.cjs')

/** The binary below electron-builder's folder of an unpacked app. @param {any} context */
const binaryOf = ({ appOutDir, electronPlatformName, packager }) =>
  ({
    darwin: path.join(
      appOutDir,
      `${packager.appInfo.productFilename}.app`,
      'Contents',
      'MacOS',
      packager.appInfo.productFilename,
    ),
    win32: path.join(appOutDir, `${packager.appInfo.productFilename}.exe`),
  })[/** @type {string} */ (electronPlatformName)] ?? path.join(appOutDir, packager.executableName)

/** What a release needs to be trusted, by system: without it the result is unsigned, and this says so. */
const signing = /** @type {Record<string, string[]>} */ ({
  darwin: ['CSC_LINK', 'APPLE_API_KEY'],
  win32: ['CSC_LINK|WIN_CSC_LINK'],
})

/** electron-builder calls this before it signs: a fuse that is flipped later would break the signature. @param {any} context */
async function afterPack(context) {
  const platform = context.electronPlatformName
  const inspectable = process.env.CLOUDAIPILOT_E2E_PACKAGE === '1'
  const fuses = await setFuses(binaryOf(context), { platform, inspectable })
  const words = Object.entries(fuses).map(([name, on]) => `${name} ${on ? 'on' : 'off'}`)
  console.log(`Fuses, read back from the binary: ${words.join(', ')}`)
  if (inspectable) console.log('FOR TESTS ONLY: a debugger may be attached to this build.')
  const missing = (signing[platform] ?? []).filter((names) => !names.split('|').some((name) => process.env[name]))
  if (missing.length > 0) console.log(`UNSIGNED: ${missing.join(' and ')} not set.`)
}

module.exports = { afterPack }
