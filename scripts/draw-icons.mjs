// Draws the PNG icons from their SVG sources: `node scripts/draw-icons.mjs`. Needs Chromium; run only when a drawing changes.
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { chromium } from 'playwright'

const root = new URL('..', import.meta.url).pathname
const jobs = [
  ...[16, 22, 32, 48, 64, 128, 256, 512].map((size) => ['icons/app.svg', `icons/${size}x${size}.png`, size]),
  ...['light', 'dark'].flatMap((theme) =>
    ['fine', 'attention', 'offline'].flatMap((state) => [
      [`tray/${theme}-${state}.svg`, `tray/${theme}-${state}.png`, 22],
      [`tray/${theme}-${state}.svg`, `tray/${theme}-${state}@2x.png`, 44],
    ]),
  ),
  ...['fine', 'attention', 'offline'].flatMap((state) => [
    [`tray/light-${state}.svg`, `tray/${state}Template.png`, 16],
    [`tray/light-${state}.svg`, `tray/${state}Template@2x.png`, 32],
  ]),
]

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await browser.newPage()
for (const [source, target, size] of jobs) {
  const svg = await readFile(join(root, 'resources', source), 'utf8')
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  await page.screenshot({ path: join(root, 'resources', target), omitBackground: true })
  console.log(basename(target))
}
await browser.close()
