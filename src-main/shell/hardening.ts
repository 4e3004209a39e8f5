import type { App, Session, WebContents } from 'electron'
import { origin } from './app-origin'

const isOurs = (address: string): boolean => {
  try {
    const { protocol, host } = new URL(address)
    return `${protocol}//${host}` === origin
  } catch {
    return false
  }
}

/**
 * Electron grants permissions unless told otherwise: deny them all, when asked and when merely checked. Copying is main's,
 * and what a person copies or pastes by keyboard or menu needs none.
 */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

const schemeOf = (address: string): string => address.split(':', 1)[0] ?? ''

/** Preload stops a page that leaves for `about:blank`, of which Chromium tells main only afterwards. This is the second net. */
const bringBack = (contents: WebContents, refused: (scheme: string) => void): void => {
  let own: string | null = null
  contents.on('did-navigate', (_event, address) => {
    if (isOurs(address)) {
      own = address
      return
    }
    if (own === null) return
    refused(schemeOf(address))
    const back = own
    // Loading while a navigation is being told crashes Chromium.
    setImmediate(() => {
      if (!contents.isDestroyed()) void contents.loadURL(back).catch(() => undefined)
    })
  })
}

/** No window of ours ever leaves its page, opens another, holds a guest, or sends packets. */
const confine = (contents: WebContents, refused: (scheme: string) => void): void => {
  // WebRTC asks no content policy. Without UDP it has TCP through the session's proxy left, which leads nowhere.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  bringBack(contents, refused)
  const refuse = (event: { preventDefault(): void; readonly url?: string }, url: string) => {
    if (isOurs(url)) return
    event.preventDefault()
    refused(schemeOf(url))
  }
  contents.on('will-navigate', (event, url) => refuse(event, event.url ?? url))
  contents.on('will-redirect', (event, url) => refuse(event, event.url ?? url))
  contents.on('will-frame-navigate', (event) => refuse(event, event.url))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // Only a person moves a window: a page could take it, and what main asks over it, out of sight.
  contents.on('content-bounds-updated', (event) => event.preventDefault())
  // Only main says when a page ends: it has nothing that could be lost, and might want to stay.
  contents.on('will-prevent-unload', (event) => event.preventDefault())
}

/** Applies to every page the app will ever hold; call before the first window. `refused` is told of navigations. */
export const harden = (app: App, refused: (scheme: string) => void): void => {
  app.on('web-contents-created', (_event, contents) => confine(contents, refused))
  // The window has no network of its own, so no certificate is ever a question to it.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault()
    answer(false)
  })
}
