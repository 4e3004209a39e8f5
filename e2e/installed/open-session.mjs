import { openDesktopSession } from '../../scripts/desktop-session.mjs'
import { openDisplay } from '../../scripts/display.mjs'

/**
 * Opens a display and a desktop session as whoever runs this, prints their environment as one line of JSON and takes
 * everything down again when its input ends.
 */
const display = await openDisplay()
const session = await openDesktopSession({ env: { ...process.env, ...display.env } })
process.stdout.write(`${JSON.stringify(session.env)}\n`)
process.stdin.resume()
await new Promise((resolve) => process.stdin.once('end', resolve))
await session.close()
await display.close()
