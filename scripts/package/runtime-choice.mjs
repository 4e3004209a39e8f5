import { Stop } from '../say.mjs'

/** The switch that lets a package be made with another runtime than the official build of the locked version. */
export const fallbackSwitch = '--with-fallback-runtime'

/** The end of a version that is for trying only (Semantic Versioning, "build metadata"); the About page knows it too. */
export const fallbackMark = '+fallback'

/**
 * The version that a package has, by the runtime that it holds: a release holds the official Electron of the locked version
 * and nothing else.
 * @param {object} choice
 * @param {string} choice.version of the app
 * @param {string | null} choice.runtime the version that the runtime says it has
 * @param {string} choice.locked the version of Electron in the lock file
 * @param {boolean} choice.allowed whether the switch was given
 * @returns {string}
 * @throws {Stop}
 */
export function packagedVersion({ version, runtime, locked, allowed }) {
  if (runtime === locked) return version
  if (allowed) return `${version}${fallbackMark}`
  throw new Stop(
    `A package holds the official Electron ${locked}, and here is ${runtime === null ? 'none' : `Electron ${runtime}`}.`,
    {
      action:
        `Pack where github.com can be reached, or unpack electron-v${locked}-${process.platform}-${process.arch}.zip and set ` +
        `ELECTRON_OVERRIDE_DIST_PATH to its folder. A package that is for trying only is made with ${fallbackSwitch}.`,
    },
  )
}
