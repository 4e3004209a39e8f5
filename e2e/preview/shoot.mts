import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { type Browser, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { serve } from './serve'
import { shootConsent } from './shoot-consent'
import type { Shot } from './shot'
import { documented, shots } from './shots'

// Pictures of the window without Electron: builds it, serves it under its own policy with a fake bridge, photographs
// every scene in light and dark, and lets axe look at each.
//   npx tsx e2e/preview/shoot.mts [part of a name] [--quick]
//   npm run screens: those of docs/screens, which the documentation shows

const root = process.cwd()
const out = join(root, 'out/preview')
const sizes = [
  { width: 900, height: 600 },
  { width: 1280, height: 800 },
] as const
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const buildWindow = () =>
  build({
    root: join(root, 'src-renderer'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: join(out, 'window'),
      emptyOutDir: true,
      target: 'chrome114',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  })

const buildScript = (name: string, entry: string, alias: Readonly<Record<string, string>> = {}) =>
  build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias },
    build: {
      outDir: join(out, name),
      emptyOutDir: true,
      lib: { entry: join(root, entry), formats: ['iife'], name: 'preview', fileName: () => `${name}.js` },
    },
  })

/** Lets axe look at a page, and says what it finds. */
const look = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(axeSource)
  const found: readonly string[] = await page.evaluate(async () => {
    const axe = Reflect.get(window, 'axe')
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.map(
      (one: { impact: string; id: string; nodes: { html: string; failureSummary: string }[] }) =>
        `${one.impact} ${one.id}: ${one.nodes.map((node) => `${node.html.slice(0, 140)} (${node.failureSummary.split('\n')[1]?.trim()})`).join(' | ')}`,
    )
  })
  for (const problem of found) console.log(`${name}: ${problem}`)
}

const documentedSize = { width: 1180, height: 760 } as const

const take = async (
  browser: Browser,
  url: string,
  bridge: string,
  shot: Shot,
  dark: boolean,
  size: { readonly width: number; readonly height: number },
  target: (shot: string, appearance: string) => string,
) => {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    bypassCSP: false,
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(String(error)))
  await page.addInitScript({ content: `window.sceneName=${JSON.stringify(shot.scene)};${bridge}` })
  await page.goto(url)
  await page.getByRole('main').waitFor()
  await page.waitForTimeout(120)
  await shot.steps?.(page)
  await page.waitForTimeout(200)
  const name = `${shot.name}-${dark ? 'dark' : 'light'}-${size.width}`
  await page.screenshot({ path: target(shot.name, dark ? 'dark' : 'light') })
  for (const problem of problems) console.log(`${name}: ${problem}`)
  await look(page, name)
  await context.close()
}

const [filter = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const quick = process.argv.includes('--quick')
await mkdir(out, { recursive: true })
await Promise.all([
  buildWindow(),
  buildScript('bridge', 'e2e/preview/in-page.ts'),
  buildScript('consent', 'src-preload/consent.ts', { electron: join(root, 'e2e/preview/fake-ipc.ts') }),
])
const bridge = await readFile(join(out, 'bridge/bridge.js'), 'utf8')
const server = await serve(join(out, 'window'))
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const forDocs = process.argv.includes('--docs')
const wanted = shots.filter(({ name }) => (forDocs ? documented.includes(name) : name.includes(filter)))
const folder = forDocs ? join(root, 'docs/screens') : out
for (const shot of wanted) {
  for (const dark of quick ? [false] : [false, true]) {
    for (const size of forDocs ? [documentedSize] : quick ? sizes.slice(0, 1) : sizes) {
      const target = (name: string, appearance: string) =>
        join(folder, forDocs ? `${name}-${appearance}.png` : `${name}-${appearance}-${size.width}.png`)
      await take(browser, server.url, bridge, shot, dark, size, target).catch((error) =>
        console.log(`${shot.name}: ${String(error).split('\n').slice(0, 6).join(' ')}`),
      )
    }
  }
}
const dialogs = await shootConsent({
  browser,
  root,
  preload: await readFile(join(out, 'consent/consent.js'), 'utf8'),
  forDocs,
  wanted: (name) => forDocs || name.includes(filter),
  target: (name, appearance) => join(folder, `${name}-${appearance}.png`),
  look,
})
await browser.close()
server.close()
console.log(`${wanted.length + dialogs} scenes in ${folder.slice(root.length + 1)}`)
