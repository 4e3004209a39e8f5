'use strict'

/** The least that an Electron app with one window can be: what ours is measured against. */
const { join } = require('node:path')
const { app, BrowserWindow } = require('electron')

// For root Chromium's sandbox cannot work and is switched off on the command line.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1180, height: 760, show: false })
  window.once('ready-to-show', () => window.show())
  window.loadFile(join(__dirname, 'index.html'))
})
app.on('window-all-closed', () => app.quit())
