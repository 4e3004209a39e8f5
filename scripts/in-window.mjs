import path from 'node:path'
import { buildApp } from './build.mjs'
import { openDesktopSession } from './desktop-session.mjs'
import { hasDisplay, openDisplay } from './display.mjs'
import { findElectron } from './electron-runtime.mjs'
import { root } from './main.mjs'
import { installPackages } from './packages.mjs'
import { run } from './run.mjs'
import { whyNoSandbox } from './sandbox.mjs'
import { say } from './say.mjs'
import { installSystemPackages } from './system-packages.mjs'

/**
 * What a program that drives the app needs to know, as environment variables.
 * @param {string} executable the Electron binary
 * @returns {Promise<Record<string, string>>}
 */
export async function describeElectron(executable) {
  const reason = await whyNoSandbox(executable)
  if (reason !== null) say(`Chromium's sandbox is off: ${reason}.`)
  return { CLOUDAIPILOT_E2E_ELECTRON: executable, ...(reason === null ? {} : { CLOUDAIPILOT_E2E_NO_SANDBOX: '1' }) }
}

/**
 * Does some work on a display and in a desktop session of its own and takes both down again.
 * @template T
 * @param {{ own: boolean }} display `own`: a virtual one even where the person has one
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work is given the whole environment
 * @returns {Promise<T>}
 */
export async function inDesktopSession({ own }, work) {
  const display = process.platform === 'linux' && (own || !hasDisplay()) ? await openDisplay() : null
  try {
    const { WAYLAND_DISPLAY: _, ...headless } = process.env
    const session = await openDesktopSession({ env: display === null ? process.env : { ...headless, ...display.env } })
    try {
      return await work(session.env)
    } finally {
      await session.close()
    }
  } finally {
    await display?.close()
  }
}

/**
 * Sets everything up and runs a TypeScript program of ours that drives the app.
 * @param {'demo' | 'bench'} purpose
 * @param {string} program its path in the repository
 * @param {{ own: boolean }} display
 * @returns {Promise<number>} its exit code
 */
export async function driveApp(purpose, program, display) {
  await installPackages(root)
  await installSystemPackages(purpose)
  const executable = await findElectron(root)
  await buildApp(root)
  const electron = await describeElectron(executable)
  return inDesktopSession(display, async (env) => {
    const args = ['--import', 'tsx', path.join(root, program), ...process.argv.slice(2)]
    const { code } = await run(process.execPath, args, { cwd: root, env: { ...env, ...electron }, show: true })
    return code
  })
}
