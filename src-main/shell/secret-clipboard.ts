import type { Clock } from '../clock'

/** The part of Electron's clipboard that is used; later versions answer with promises. */
interface Clipboard {
  readText(): string | Promise<string>
  writeText(text: string): unknown
  clear(): unknown
}

/** Milliseconds that a secret stays on the clipboard. */
const longestOnClipboardMs = 60_000

/** Puts secrets on the clipboard for a short time. */
export interface SecretClipboard {
  /** Copies it, and takes it away again after a minute unless something else was copied since. */
  copy(secret: string): Promise<void>
  /** Takes it away now, as when the app ends. */
  clear(): Promise<void>
}

/**
 * The page never has what is copied here, and can't read it from the clipboard either. Electron writes one format at a
 * time, so the marks by which Windows, macOS and KDE keep a text out of their clipboard history can't stand beside it.
 */
export const createSecretClipboard = (clipboard: Clipboard, clock: Pick<Clock, 'after'>): SecretClipboard => {
  let copied: string | null = null
  let stop = () => {}
  const clear = async () => {
    stop()
    const mine = copied
    copied = null
    if (mine !== null && (await clipboard.readText()) === mine) await clipboard.clear()
  }
  return {
    copy: async (secret) => {
      stop()
      await clipboard.writeText(secret)
      copied = secret
      stop = clock.after(longestOnClipboardMs, () => void clear().catch(() => undefined))
    },
    clear,
  }
}
