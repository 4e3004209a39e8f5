import type { Locator, Page } from '@playwright/test'
import { consentDialog } from './consent'

/** The question whether a host's SSH key is the right one, on whatever screen it comes up. */
export interface HostKeyQuestion {
  /** It says that a host is not trusted yet. */
  readonly question: Locator
  /** Opens main’s dialog, which shows the key. */
  compare(): Promise<Locator>
  /** Says there that the host is the right one. */
  trust(): Promise<void>
}

/** @see HostKeyQuestion */
export const hostKeyQuestion = (window: Page): HostKeyQuestion => {
  const consent = consentDialog(window)
  const ask = () => window.getByRole('button', { name: 'Compare host key' }).click()
  return {
    question: window.getByRole('region', { name: / is not trusted yet$/ }),
    compare: async () => {
      await ask()
      return consent.open()
    },
    trust: async () => {
      if (consent.count() === 0) await ask()
      await consent.agree('Trust this key')
    },
  }
}
