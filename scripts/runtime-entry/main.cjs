'use strict'

/**
 * What the official Electron binary does with `electron <app folder>`, for a build that comes without that part:
 * it takes name, version, paths and desktop entry from the app's package.json and runs the app's main file.
 */
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { app } = require('electron')
const { readArguments } = require('./read-arguments.cjs')

/** @param {string} message @returns {never} */
function giveUp(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

/** @param {string} folder @returns {Record<string, string>} an empty object where the folder has no package.json */
function readPackage(folder) {
  const file = path.join(folder, 'package.json')
  if (!fs.existsSync(file)) return {}
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    return giveUp(`Unable to parse ${file}: ${error.message}`)
  }
}

const request = readArguments(process.argv)
if (request.app === null) giveUp('Usage: electron [switches] <app folder> [arguments for the app]')
if (request.modules.length > 0) Module._preloadModules(request.modules)

const target = path.resolve(request.app)
const description = readPackage(target)
const name = description.productName ?? description.name ?? app.name
if (description.version) app.setVersion(description.version)
app.setName(name)
app.setDesktopName(description.desktopName ?? `${name}.desktop`)
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })

let main
try {
  main = Module._resolveFilename(target, null, true)
} catch (error) {
  giveUp(`Unable to find Electron app at ${target}\n\n${error.message}`)
}
app.setAppPath(fs.existsSync(path.join(target, 'package.json')) ? target : path.dirname(main))
if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', path.join(app.getPath('appData'), name))
Module._load(main, null, true)
