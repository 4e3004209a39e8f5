'use strict'

/**
 * Electron's fuses: switches inside the binary that nothing can turn back on from outside
 * (electronjs.org/docs/latest/tutorial/fuses).
 */
const { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } = require('@electron/fuses')

/** How the fuse wire writes on and off: one character each. */
const on = '1'.charCodeAt(0)
const off = '0'.charCodeAt(0)

/**
 * What each fuse is set to. Left alone: the snapshot for the browser process, as a snapshot of ours would replace
 * Electron's, and WebAssembly's trap handlers, which are no more than speed.
 * @param {{ platform: NodeJS.Platform, inspectable: boolean }} flavour `inspectable`: a debugger may be attached, which
 *   a release forbids and the tests of an installed package need
 * @returns {Record<string, boolean>}
 */
const wanted = ({ platform, inspectable }) => ({
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: inspectable,
  EnableCookieEncryption: true,
  OnlyLoadAppFromAsar: true,
  // Electron checks the archive on these two only.
  EnableEmbeddedAsarIntegrityValidation: platform === 'darwin' || platform === 'win32',
  GrantFileProtocolExtraPrivileges: false,
})

/** @param {string} binary @returns {Promise<Record<string, boolean>>} the fuses that this binary has, by name */
async function readFuses(binary) {
  const wire = await getCurrentFuseWire(binary)
  const states = Object.entries(FuseV1Options).flatMap(([name, index]) => {
    const state = typeof index === 'number' ? wire[index] : undefined
    return state === on || state === off ? [[name, state === on]] : []
  })
  return Object.fromEntries(states)
}

/**
 * Sets the fuses that a binary has, and reads them back. An older Electron lacks some: they are passed over, not invented.
 * @param {string} binary
 * @param {{ platform: NodeJS.Platform, inspectable: boolean }} flavour
 * @returns {Promise<Record<string, boolean>>} what the binary says now
 * @throws {Error} when it does not say what was asked for
 */
async function setFuses(binary, flavour) {
  const present = await readFuses(binary)
  const asked = Object.entries(wanted(flavour)).filter(([name]) => name in present)
  await flipFuses(binary, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: flavour.platform === 'darwin',
    ...Object.fromEntries(asked.map(([name, state]) => [FuseV1Options[/** @type {any} */ (name)], state])),
  })
  const now = await readFuses(binary)
  const wrong = asked.filter(([name, state]) => now[name] !== state)
  if (wrong.length > 0) throw new Error(`These fuses could not be set: ${wrong.map(([name]) => name).join(', ')}`)
  return now
}

module.exports = { readFuses, setFuses }
