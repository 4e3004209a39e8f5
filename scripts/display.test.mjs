import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { hasDisplay, openDisplay } from './display.mjs'

/**
 * Opens a connection as in the X Window System Protocol, section 8, and resolves with the first byte of the answer.
 * @param {string} display @param {Buffer} cookie @returns {Promise<number | undefined>} 0: refused, 1: admitted
 */
function askToEnter(display, cookie) {
  const name = Buffer.from('MIT-MAGIC-COOKIE-1')
  const request = Buffer.alloc(12 + 20 + 16)
  request.write('l')
  request.writeUInt16LE(11, 2)
  request.writeUInt16LE(name.length, 6)
  request.writeUInt16LE(cookie.length, 8)
  name.copy(request, 12)
  cookie.copy(request, 32)
  return new Promise((resolve, reject) => {
    const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`, () => socket.write(request))
    socket.on('error', reject)
    socket.once('data', (answer) => {
      socket.destroy()
      resolve(answer[0])
    })
  })
}

it('admits holders of its cookie only', async () => {
  const display = await openDisplay()
  const cookie = readFileSync(display.env.XAUTHORITY).subarray(-16)
  expect(await askToEnter(display.env.DISPLAY, cookie)).toBe(1)
  expect(await askToEnter(display.env.DISPLAY, Buffer.alloc(16))).toBe(0)
  await display.close()
})

it('is told from a variable that was left over', async () => {
  const display = await openDisplay()
  expect(hasDisplay(display.env)).toBe(true)
  await display.close()
  expect(hasDisplay({ DISPLAY: ':54321' })).toBe(false)
  expect(hasDisplay({})).toBe(false)
})
