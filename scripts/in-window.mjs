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
 * Where windows open: `own`, on a virtual display even where the person has a real one; `any`, on the person's where there
 * is one; `none`, nowhere.
 * @typedef {'own' | 'any' | 'none'} Screen
 */

/**
 * Does some work in a desktop session of its own and takes it down again.
 * @template T
 * @param {Screen} screen
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work is given the whole environment
 * @returns {Promise<T>}
 */
export async function inDesktopSession(screen, work) {
  const isOwn = process.platform === 'linux' && (screen === 'own' || (screen === 'any' && !hasDisplay()))
  const display = isOwn ? await openDisplay() : null
  try {
    const { DISPLAY: _, WAYLAND_DISPLAY: __, XAUTHORITY: ___, ...headless } = process.env
    const outer = isOwn || screen === 'none' ? { ...headless, ...display?.env } : process.env
    const session = await openDesktopSession({ env: outer })
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
 * @param {Screen} screen
 * @returns {Promise<number>} its exit code
 */
export async function driveApp(purpose, program, screen) {
  await installPackages(root)
  await installSystemPackages(purpose)
  const executable = await findElectron(root)
  await buildApp(root)
  const electron = await describeElectron(executable)
  return inDesktopSession(screen, async (env) => {
    const args = ['--import', 'tsx', path.join(root, program), ...process.argv.slice(2)]
    const { code } = await run(process.execPath, args, { cwd: root, env: { ...env, ...electron }, show: true })
    return code
  })
}
