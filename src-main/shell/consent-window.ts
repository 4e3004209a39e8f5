import { join } from 'node:path'
import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, nativeTheme } from 'electron'
import { is } from 'valibot'
import { consentMessages, settleMs } from '../../src-preload/consent-messages'
import type { Agreed, ShownQuestion, ShowQuestion } from '../../src-preload/consent-question'
import { Failure } from '../../src-preload/contract/outcome'
import { SecretInput } from '../../src-preload/contract/text'
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

/** What came of a dialog: the person's answer, or that its page could not be shown at all. */
type Outcome = { readonly agreed: Agreed | null } | 'unshown'

const refused: Outcome = { agreed: null }

/** What the page says of an answer. Null is a no, and so is everything that makes no sense. */
const agreedTo = (answer: unknown, { entry }: ShownQuestion): Agreed | null => {
  if (typeof answer !== 'string') return null
  if (entry === undefined) return { entered: '' }
  return is(SecretInput, answer) ? { entered: answer } : null
}

/** Shows one question. */
const askInWindow = (
  window: BrowserWindow,
  question: ShownQuestion,
  judge: Parameters<ShowQuestion>[1],
): Promise<Outcome> =>
  new Promise((resolve) => {
    const contents = window.webContents
    let asked = false
    let shownAt: number | null = null
    const late = setTimeout(() => end(asked ? refused : 'unshown'), longestStartMs)
    const end = (outcome: Outcome) => {
      clearTimeout(late)
      resolve(outcome)
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
    contents.ipc.handle(consentMessages.judge, (event, typed: unknown) => {
      if (!isOwn(event) || !is(SecretInput, typed)) throw new Error('Nothing to judge')
      return judge(typed)
    })
    contents.ipc.on(consentMessages.answer, (event, answer: unknown) => {
      if (!isOwn(event)) return
      const settled = shownAt !== null && Date.now() - shownAt >= settleMs
      const agreed = agreedTo(answer, question)
      if (agreed === null || settled) end({ agreed })
    })
    contents.on('did-fail-load', () => end(asked ? refused : 'unshown'))
    contents.on('preload-error', () => end('unshown'))
    contents.on('render-process-gone', () => end(shownAt === null ? 'unshown' : refused))
    window.on('closed', () => end(refused))
    contents
      .loadURL(consentPage)
      .then(() => contents.executeJavaScript(heightOfPage))
      .then((height: unknown) => show(Number(height)))
      .catch(() => end(asked ? refused : 'unshown'))
  })

/**
 * Asks in a small window of main's own: another session, another process, a page without scripts. No page of the app's
 * window can load it, reach it, cover it or answer it. Closing it, Escape, and the end of the window below mean no.
 * The returned function fails with `consent-withheld` where a secret is to be typed and there is no window for it.
 */
export const createConsentWindow =
  (parts: ConsentWindowParts): ShowQuestion =>
  async (question, judge) => {
    const parent = visibleParent(parts.parent())
    const outcome = await askInWindow(openDialog(parts, parent, 'CloudAIPilot'), question, judge)
    if (outcome !== 'unshown') return outcome.agreed
    if (question.entry !== undefined) throw new Failure('consent-withheld', { why: 'unshown' })
    return (await askByBox(question, visibleParent(parts.parent()))) ? { entered: '' } : null
  }
