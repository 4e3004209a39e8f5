import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol, type Session } from 'electron'
import type { Language } from '../../src-preload/contract/language'
import { ownOf } from '../../src-preload/contract/own'
import { origin, scheme } from './app-origin'

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Nothing inline, nothing from elsewhere, no network: all requests are main's. Styles made at run time carry the nonce. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    // No dialog, print, download, pointer lock or presentation, in frames too. Pop-ups are main's to refuse.
    'sandbox allow-scripts allow-same-origin allow-forms allow-popups',
  ].join('; ')

/** Nothing of the device is for the page, whoever would grant it (Permissions Policy). */
const permissionsPolicy = [
  ...['accelerometer', 'autoplay', 'bluetooth', 'camera', 'clipboard-read', 'clipboard-write', 'display-capture'],
  ...['encrypted-media', 'fullscreen', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'keyboard-map'],
  ...['local-fonts', 'magnetometer', 'microphone', 'midi', 'payment', 'picture-in-picture', 'screen-wake-lock'],
  ...['publickey-credentials-get', 'serial', 'sync-xhr', 'usb', 'xr-spatial-tracking'],
]
  .map((feature) => `${feature}=()`)
  .join(', ')

/** Has to run before the app is ready: gives the scheme a proper origin. CORS stays off on purpose. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Maps a request to a file below `root`, or null for anything that is not plainly one of ours. */
export const fileFor = (url: string, root: string): string | null => {
  try {
    const { protocol: requested, host, pathname } = new URL(url)
    if (`${requested}//${host}` !== origin) return null
    const path = decodeURIComponent(pathname)
    if (path.includes('\0') || path.includes('\\')) return null
    const file = normalize(join(root, path === '/' ? 'index.html' : path))
    return file.startsWith(root + sep) && Object.hasOwn(mimeTypes, extname(file)) ? file : null
  } catch {
    return null
  }
}

/** What is different from one time to the next that the page is served. */
export interface PageFacts {
  readonly language: Language
  readonly dark: boolean
  /** JSON for the page to begin with, or null. */
  readonly firstRows: string | null
}

/** As it stands in the page's file. */
const noRows = 'id="first-rows">null<'

/** The page as one window gets it. JSON stands in it as data that runs nowhere, and cannot end its own element. */
export const fillPage = (html: string, nonce: string, { language, dark, firstRows }: PageFacts): string =>
  html
    .replace('%NONCE%', nonce)
    .replace('<html lang="en">', `<html lang="${language}" data-mantine-color-scheme="${dark ? 'dark' : 'light'}">`)
    .replace(noRows, () => `id="first-rows">${(firstRows ?? 'null').replaceAll('<', '\\u003c')}<`)

/** Serves the window's files from `root` under `app://`, with the policy on every answer, and its page with its facts. */
export const serveApp = (session: Session, root: string, facts: () => Promise<PageFacts>): void => {
  session.protocol.handle(scheme, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 })
    const file = fileFor(request.url, root)
    if (file === null) return new Response(null, { status: 404 })
    const nonce = randomBytes(18).toString('base64')
    try {
      const content = await readFile(file)
      const html = extname(file) === '.html'
      return new Response(html ? fillPage(content.toString('utf8'), nonce, await facts()) : new Uint8Array(content), {
        headers: {
          'content-type': ownOf(mimeTypes, extname(file)) ?? 'application/octet-stream',
          'content-security-policy': policy(nonce),
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'permissions-policy': permissionsPolicy,
          'x-dns-prefetch-control': 'off',
          'cross-origin-opener-policy': 'same-origin',
        },
      })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}
