import { open, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type BrowserWindow, dialog, shell } from 'electron'
import { Failure } from '../../src-preload/contract/outcome'
import type { InFront } from '../one-dialog'
import { createRecentCount } from '../recent-count'
import { keyText } from '../ssh/key-formats/key-text'
import type { ShellWords } from './words'

/** The system's own dialogs, over our window where there is one. */
export interface Dialogs {
  /** An existing or new folder, or null when none was chosen. */
  chooseFolder(): Promise<string | null>
  /** Shows a folder in the file manager. */
  reveal(path: string): void
  /**
   * A small text file: its name, its content, and that of the file `<name>-cert.pub` beside it, or null.
   * @throws Failure `key-unreadable` when it is larger than `limit` bytes
   */
  pickFile(
    limit: number,
  ): Promise<{ readonly name: string; readonly text: string; readonly certificate: string | null } | null>
  /** Writes text where the person says; the path, or null. @throws Failure `storage-failed` */
  saveFile(suggestion: string, content: string): Promise<string | null>
}

/** What the dialogs need from the shell. */
export interface DialogsParts {
  readonly window: () => BrowserWindow | null
  readonly words: () => ShellWords['dialogs']
  readonly inFront: InFront
  /** Unix ms. */
  readonly now: () => number
}

/** Dialogs that a person puts away in a minute until none is shown for a while: a page may open one after the other. */
const mostPutAway = 6

export const createDialogs = ({ window, words, inFront, now }: DialogsParts): Dialogs => {
  const putAway = createRecentCount(now)
  const over = async <O, R extends { readonly canceled: boolean }>(
    show: { (window: BrowserWindow, options: O): Promise<R>; (options: O): Promise<R> },
    options: O,
  ): Promise<R> => {
    if (putAway.count() >= mostPutAway) throw new Failure('consent-withheld', { why: 'refused' })
    const parent = window()
    const result = await inFront(() => (parent === null ? show(options) : show(parent, options)))
    if (result.canceled) putAway.add()
    else putAway.clear()
    return result
  }
  return {
    chooseFolder: async () => {
      const { canceled, filePaths } = await over(dialog.showOpenDialog, {
        title: words().chooseFolder,
        buttonLabel: words().cloneHere,
        properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
      })
      return canceled ? null : (filePaths[0] ?? null)
    },
    reveal: (path) => shell.showItemInFolder(path),
    pickFile: async (limit) => {
      const { canceled, filePaths } = await over(dialog.showOpenDialog, {
        title: words().chooseKey,
        properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
      })
      const [path] = filePaths
      if (canceled || path === undefined) return null
      const certificate = await readSmall(`${path}-cert.pub`, limit).catch(() => null)
      return { name: basename(path), text: await readSmall(path, limit), certificate }
    },
    saveFile: async (suggestion, content) => {
      const { canceled, filePath } = await over(dialog.showSaveDialog, { defaultPath: suggestion })
      if (canceled || filePath === undefined || filePath === '') return null
      try {
        await writeFile(filePath, content, { mode: 0o644 })
      } catch (cause) {
        throw new Failure('storage-failed', { path: filePath }, { cause })
      }
      return filePath
    },
  }
}

/** Reads at most `limit` bytes, whatever the file says of its own size: it may be a device or still growing. */
const readSmall = async (path: string, limit: number): Promise<string> => {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new Failure('key-unreadable', { reason: 'file' }, { cause })
  })
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(limit + 1), 0, limit + 1, 0)
    if (bytesRead > limit) throw new Failure('key-unreadable', { reason: 'too-large' })
    return keyText(buffer.subarray(0, bytesRead))
  } catch (cause) {
    throw cause instanceof Failure ? cause : new Failure('key-unreadable', { reason: 'file' }, { cause })
  } finally {
    await file.close()
  }
}
