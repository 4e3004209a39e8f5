import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, BrowserWindow } from 'electron'
import { type Language, languageFor } from '../../../src-preload/contract/language'
import type { FolderProblem } from '../../storage/profile-folder'
import { denyPermissions, harden } from '../hardening'
import { profileWords } from './words'

/** Exit code of a start that could not use its folder (sysexits.h, EX_CANTCREAT). */
const exitCode = 73
/** Where the page's one link leads: nowhere, it ends the app. */
const quitAddress = 'quit:'

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** What is wrong, why, and what mends it. */
export const describeProblem = ({ path, code, reason }: FolderProblem, language: Language) => {
  const words = profileWords(language)
  return { title: words.title, path, text: `${words.reasons[reason]} (${code})`, action: words.actions[reason], words }
}

/** The page, which runs nothing and asks nothing of anybody. */
export const problemPage = (problem: FolderProblem, language: Language): string => {
  const { title, path, text, action, words } = describeProblem(problem, language)
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>
:root { color-scheme: light dark; --bg: #fff; --sunken: #f6f6f7; --line: #e4e4e8; --text: #1b1b1f; --accent: #3d56d6 }
@media (prefers-color-scheme: dark) {
:root { --bg: #16181d; --sunken: #111317; --line: #2a2d35; --text: #ececf0; --accent: #4f68e8 }
}
body { font: 14px/1.5 system-ui, sans-serif; margin: 28px 32px; background: var(--bg); color: var(--text) }
h1 { font-size: 17px; margin: 0 0 12px } code { display: block; margin: 12px 0; padding: 8px 10px; overflow-wrap: anywhere;
background: var(--sunken); border: 1px solid var(--line); border-radius: 6px } p { margin: 0 0 10px }
a { display: inline-block; margin-top: 8px; padding: 6px 16px; border-radius: 6px; background: var(--accent); color: #fff;
text-decoration: none }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
</style></head><body role="alert"><h1>${escaped(title)}</h1><code>${escaped(path)}</code><p>${escaped(text)}</p>
<p>${escaped(action)}</p><p>${escaped(words.untouched)}</p><a href="${quitAddress}">${escaped(words.quit)}</a></body></html>`
}

/**
 * Says in a window, and on the error output, that the app can't work with its folder; ends when the window is closed. It keeps
 * what Chromium writes in a folder that goes with it.
 */
export const showProfileProblem = async (app: App, problem: FolderProblem): Promise<void> => {
  const language = languageFor('system', app.getPreferredSystemLanguages())
  const { title, path, text, action } = describeProblem(problem, language)
  process.stderr.write(`${title}: ${path}\n${text}\n${action}\n`)
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) process.exit(exitCode)
  let folder: string | null = null
  try {
    folder = mkdtempSync(join(tmpdir(), 'cloudaipilot-'))
    app.setPath('userData', folder)
    app.setPath('sessionData', folder)
  } catch {
    // No room for that either. Chromium does without.
  }
  app.on('window-all-closed', () => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
    app.exit(exitCode)
  })
  await app.whenReady()
  harden(app, (scheme) => {
    if (`${scheme}:` === quitAddress) for (const window of BrowserWindow.getAllWindows()) window.close()
  })
  const window = new BrowserWindow({
    width: 560,
    height: 380,
    title,
    center: true,
    autoHideMenuBar: true,
    webPreferences: { sandbox: true, contextIsolation: true, partition: 'profile-problem' },
  })
  denyPermissions(window.webContents.session)
  await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(problemPage(problem, language))}`)
}
