import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { serve } from './run.mjs'
import { Stop } from './say.mjs'

/**
 * Whether a window could open here. A variable left over from a display that is gone does not count.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function hasDisplay(env = process.env) {
  if (process.platform !== 'linux' || env.WAYLAND_DISPLAY) return true
  if (!env.DISPLAY) return false
  const local = /^(?:unix)?:(\d+)/.exec(env.DISPLAY)
  if (local === null) return true
  const socket = `/tmp/.X11-unix/X${local[1]}`
  return existsSync(socket) || readFileSync('/proc/net/unix', 'utf8').includes(`@${socket}\n`)
}

/** One entry that any display number accepts (family FamilyWild of Xauth), so it can be written before the number is known. @param {Buffer} cookie */
function authority(cookie) {
  const counted = (/** @type {Buffer} */ bytes) =>
    Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  const none = counted(Buffer.alloc(0))
  return Buffer.concat([
    Buffer.from([0xff, 0xff]),
    none,
    none,
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(cookie),
  ])
}

/**
 * Starts an X server without a screen on a free display number, open to holders of its cookie only.
 * @param {{ size?: string }} [options] `size`: width x height, 1440x900 unless told
 * @returns {Promise<{ env: { DISPLAY: string, XAUTHORITY: string }, close: () => Promise<void> }>}
 * @throws {Stop} when it does not start
 */
export async function openDisplay({ size = '1440x900' } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudaipilot-display-'))
  const file = path.join(folder, 'authority')
  writeFileSync(file, authority(randomBytes(16)), { mode: 0o600 })
  const server = serve(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-auth', file, '-noreset'],
    { extraPipe: 3 },
  )
  const close = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const number = await Promise.race([
    new Promise((resolve) => {
      let text = ''
      const pipe = /** @type {import('node:stream').Readable} */ (server.child.stdio[3])
      pipe.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
        if (text.endsWith('\n')) resolve(text.trim())
      })
    }),
    server.ended.then(() => null),
    new Promise((resolve) => setTimeout(resolve, 15_000, null).unref()),
  ])
  if (number === null) {
    await close()
    throw new Stop('No virtual display could be started (Xvfb).', { details: server.output() })
  }
  return { env: { DISPLAY: `:${number}`, XAUTHORITY: file }, close }
}
