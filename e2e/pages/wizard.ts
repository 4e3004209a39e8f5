import { expect, type Locator, type Page } from '@playwright/test'

/** The wizard that connects an account, as a person meets it. */
export interface Wizard {
  /** Opens it, chooses the provider and types the host; null keeps the provider's own. */
  open(provider: string, host: string | null): Promise<void>
  /** Opens it and only types an address, from which the app has to tell the provider. */
  openAddress(address: string, provider: string): Promise<void>
  /** A way in, by its words. */
  way(name: 'Continue in your browser' | 'Sign in with a code' | 'Personal access token'): Locator
  /** The heading while the browser is awaited. */
  readonly waiting: Locator
  /** Unfolds "It did not come back?". */
  otherWays(): Promise<void>
  /** The heading "Connected as …". */
  connected(login: string): Locator
  /** Types a token and presses "Connect". */
  connectWithToken(token: string): Promise<void>
  /** What went wrong, in words: with the host, or with what was tried there. */
  readonly failure: Locator
  /** Why the token that was sent did not connect. */
  readonly tokenFailure: Locator
}

/** @see Wizard */
export const wizard = (window: Page): Wizard => ({
  open: async (provider, host) => {
    await window
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Git Accounts/ })
      .click()
    await window.getByRole('button', { name: 'Connect Git Account' }).click()
    await window.getByRole('button', { name: provider, exact: true }).click()
    if (host === null) return
    await window.getByLabel('Host', { exact: true }).fill(host)
    await expect(window.getByText(/^This (is|looks like) /)).toBeVisible()
  },
  openAddress: async (address, provider) => {
    await window
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Git Accounts/ })
      .click()
    await window.getByRole('button', { name: 'Connect Git Account' }).click()
    await window.getByLabel('Host', { exact: true }).fill(address)
    await expect(window.getByText(provider, { exact: true })).toBeVisible()
  },
  way: (name) => window.getByRole('button', { name }),
  waiting: window.getByRole('heading', { name: 'Continue in your browser' }),
  otherWays: () => window.getByText('It did not come back?').click(),
  connected: (login) => window.getByRole('heading', { name: new RegExp(`^Connected as ${login}\\b`) }),
  connectWithToken: async (token) => {
    const field = window.getByLabel('Personal access token')
    const fold = window.getByRole('button', { name: 'Personal access token' })
    // Which of them is there is known once the ways of this host are.
    await field.or(fold).first().waitFor()
    if (!(await field.isVisible())) await fold.click()
    await field.fill(token)
    await window.getByRole('button', { name: 'Connect', exact: true }).click()
  },
  failure: window.getByRole('alert'),
  tokenFailure: window
    .locator('form')
    .filter({ has: window.getByLabel('Personal access token') })
    .getByRole('alert'),
})
