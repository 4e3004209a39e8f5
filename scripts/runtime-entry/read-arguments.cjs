'use strict'

/**
 * Reads Electron's own part of a command line: `electron [switches] <app> [anything]`.
 * The app is the first argument that is no switch, wherever Chromium has put its own switches; what follows it belongs
 * to the app. `-r <module>` (or `--require <module>`) names modules to load first, as with the official binary.
 * @param {readonly string[]} argv `process.argv`, the binary first
 * @returns {{ app: string | null, modules: string[] }}
 */
function readArguments(argv) {
  const modules = []
  for (let index = 1; index < argv.length; index += 1) {
    const argument = argv[index]
    if (argument === '-r' || argument === '--require') {
      index += 1
      if (index < argv.length) modules.push(argv[index])
    } else if (argument.startsWith('--app=')) {
      return { app: argument.slice('--app='.length), modules }
    } else if (!argument.startsWith('-')) {
      return { app: argument, modules }
    }
  }
  return { app: null, modules }
}

module.exports = { readArguments }
