import type { Locator, Page } from '@playwright/test'
import { consentDialog } from './consent'

/** Who keeps the key to the secrets: the line in the sidebar, and the panel behind it. */
export interface KeyStorage {
  /** The line in the sidebar, e.g. "Key storage: keychain". */
  mark(words: string): Locator
  /** The panel, opened. */
  open(): Promise<Locator>
  /** Sets a passphrase, from the open panel, in the dialog of its own. */
  choosePassphrase(passphrase: string): Promise<void>
  /** Keeps secrets for this session only, from the open panel. */
  useSessionOnly(): Promise<void>
  /** Unlocks with it, from the open panel, in the dialog of its own. */
  unlock(passphrase: string): Promise<void>
  close(): Promise<void>
}

/** @see KeyStorage */
export const keyStorage = (window: Page): KeyStorage => {
  const panel = window.getByRole('dialog', { name: 'Key storage' })
  const consent = consentDialog(window)
  return {
    mark: (words) => window.getByRole('button', { name: `Key storage: ${words}`, exact: true }),
    open: async () => {
      await window.getByRole('button', { name: /^Key storage: / }).click()
      await panel.waitFor()
      return panel
    },
    choosePassphrase: async (passphrase) => {
      await panel.getByRole('button', { name: 'Set passphrase' }).click()
      await consent.type(passphrase)
      await consent.agree('Set passphrase')
    },
    useSessionOnly: async () => {
      await panel.getByRole('button', { name: 'Use this session only' }).click()
      await consent.agree('Use this session only')
    },
    unlock: async (passphrase) => {
      await panel.getByRole('button', { name: /^(Unlock|Try again)$/ }).click()
      await consent.type(passphrase)
      await consent.agree('Unlock')
    },
    close: async () => {
      await window.keyboard.press('Escape')
      await panel.waitFor({ state: 'hidden' })
    },
  }
}
