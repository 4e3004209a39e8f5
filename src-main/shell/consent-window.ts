import { join } from 'node:path'
import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, nativeTheme } from 'electron'
import { consentMessages, settleMs } from '../../src-preload/consent-messages'
import type { ShownQuestion, ShowQuestion } from '../../src-preload/consent-question'
import { askByBox } from './consent-box'
import { consentPage, consentSession } from './consent-page'

/** What the dialog needs from the shell. */
export interface ConsentWindowParts {
  /** Folder of the built app. */
  readonly root: string
  readonly resources: string
  readonly icon: string
  readonly parent: () => BrowserWindow | null
}

const width = 520
/** Its height until its page has been laid out, and at most, in pixels. */
const firstHeight = 280
const mostHeight = 560
/** Milliseconds that the page may take to ask what it is to show. */
const longestStartMs = 10_000

/** Its page has no script, so main looks how high it is, once it has been filled. */
const heightOfPage = `new Promise((resolve) => {
  const page = document.querySelector('[role=alertdialog]')
  const look = () => page.querySelector('footer') !== null && resolve(page.offsetHeight)
  if (look() === false) new MutationObserver(look).observe(page, { childList: true })
})`

/** The window that it lies over, if somebody can see that. */
const visibleParent = (parent: BrowserWindow | null): BrowserWindow | null =>
  parent !== null && !parent.isDestroyed() && parent.isVisible() && !parent.isMinimized() ? parent : null

const openDialog = (parts: ConsentWindowParts, parent: BrowserWindow | null, title: string): BrowserWindow => {
  const window = new BrowserWindow({
    ...(parent === null ? { center: true, alwaysOnTop: true } : { parent, modal: true, skipTaskbar: true }),
    width,
    height: firstHeight,
    useContentSize: true,
    show: false,
    title,
    icon: parts.icon,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
    webPreferences: {
      preload: join(parts.root, 'preload', 'consent.cjs'),
      session: consentSession(parts.resources),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  window.removeMenu()
  return window
}

/** Shows one question. Resolves to null when its page could not be shown at all. */
const askInWindow = (window: BrowserWindow, question: ShownQuestion): Promise<boolean | null> =>
  new Promise((resolve) => {
    const contents = window.webContents
    let asked = false
    let shownAt: number | null = null
    const late = setTimeout(() => end(asked ? false : null), longestStartMs)
    const end = (answer: boolean | null) => {
      clearTimeout(late)
      resolve(answer)
      if (!window.isDestroyed()) window.destroy()
    }
    const isOwn = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
      senderFrame !== null && senderFrame.parent === null && senderFrame.url === consentPage
    const show = (height: number) => {
      if (window.isDestroyed()) return
      window.setContentSize(width, Math.min(Math.ceil(height), mostHeight))
      shownAt = Date.now()
      clearTimeout(late)
      window.show()
      window.focus()
      // A window whose first frame was lost, by a GPU process that had just begun, would stay blank until something moves.
      contents.invalidate()
      contents.send(consentMessages.shown)
    }
    // Heard from this one page: to any other there are no such messages.
    contents.ipc.handle(consentMessages.question, (event) => {
      if (!isOwn(event)) throw new Error('A stranger asked what is being asked')
      asked = true
      return question
    })
    contents.ipc.on(consentMessages.answer, (event, agreed: unknown) => {
      if (!isOwn(event)) return
      const settled = shownAt !== null && Date.now() - shownAt >= settleMs
      if (agreed !== true || settled) end(agreed === true)
    })
    contents.on('did-fail-load', () => end(asked ? false : null))
    contents.on('preload-error', () => end(null))
    contents.on('render-process-gone', () => end(shownAt === null ? null : false))
    window.on('closed', () => end(false))
    contents
      .loadURL(consentPage)
      .then(() => contents.executeJavaScript(heightOfPage))
      .then((height: unknown) => show(Number(height)))
      .catch(() => end(asked ? false : null))
  })

/**
 * Asks in a small window of main's own: another session, another process, a page without scripts. No page of the app's
 * window can load it, reach it, cover it or answer it. Closing it, Escape, and the end of the window below mean no.
 */
export const createConsentWindow =
  (parts: ConsentWindowParts): ShowQuestion =>
  async (question) => {
    const parent = visibleParent(parts.parent())
    const answer = await askInWindow(openDialog(parts, parent, 'CloudAIPilot'), question)
    return answer ?? askByBox(question, visibleParent(parts.parent()))
  }
