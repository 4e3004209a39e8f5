import { createInterface } from 'node:readline'
import { startDesktopShell } from '../fixtures/desktop-shell'

/**
 * A desktop's place for tray icons, in the name of the person whose session it is: the session bus lets in nobody else.
 * A line that comes in holds the labels of a line of the menu to click, or none; the one that goes out holds the menu.
 */
const main = async () => {
  const shell = await startDesktopShell(process.env)
  console.log('[]')
  for await (const line of createInterface({ input: process.stdin })) {
    const tray = await shell.tray()
    const labels = JSON.parse(line) as readonly string[]
    if (labels.length > 0) await tray.choose(...labels)
    console.log(JSON.stringify((await tray.menu()).map(({ label }) => label)))
  }
  shell.close()
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
