'use strict'

/**
 * Loaded into an Electron app before its own code (`electron -r`): tells on standard output when its window can be
 * shown, and what the page reports by a script given in PROBE_SCRIPT, which may call `report(name)`.
 * One line each: `probe <name> <Unix ms>`. It stands outside of the app, which knows nothing of it.
 */
const { writeSync } = require('node:fs')
const { app } = require('electron')

const tell = (name, at = performance.timeOrigin + performance.now()) => writeSync(1, `probe ${name} ${at}\n`)

tell('loaded')
app.once('ready', () => tell('app-ready'))
app.once('browser-window-created', (_event, window) => {
  tell('created')
  window.once('ready-to-show', () => tell('ready-to-show'))
  window.once('show', () => tell('shown'))
  const script = process.env.PROBE_SCRIPT
  if (!script) return
  window.webContents.on('console-message', (_, __, message) => {
    const [, name, at] = /^probe (\S+) ([\d.]+)$/.exec(message) ?? []
    if (name) tell(name, at)
  })
  window.webContents.once('dom-ready', () => {
    const report =
      'const report = (name) => console.info("probe " + name + " " + (performance.timeOrigin + performance.now()));'
    window.webContents.executeJavaScript(`(() => { ${report}\n${script} })()`, true).catch(() => {})
  })
})
