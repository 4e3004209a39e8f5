import { expect, type Locator, type Page } from '@playwright/test'
import { type HostKeyQuestion, hostKeyQuestion } from './host-key'

/** "Other (SSH key)", as a person meets it. */
export interface SshWizard extends HostKeyQuestion {
  /** Opens it from "Git Accounts". */
  open(): Promise<void>
  readonly address: Locator
  /** Makes a key under a name, Ed25519 unless told, and returns its public half as it is shown. */
  makeKey(name: string, kind?: 'ed25519' | 'rsa-4096'): Promise<string>
  /** The public half that is shown. */
  publicKey(): Promise<string>
  readonly connect: Locator
  /** One line of the connection test. */
  step(name: string): Locator
  /** The names of the lines that have passed. */
  passed(): Promise<readonly string[]>
  /** The heading "Connected: …". */
  connected(name: string): Locator
  /** What went wrong, in words. */
  readonly failure: Locator
}

/** @see SshWizard */
export const sshWizard = (window: Page): SshWizard => {
  const steps = window.getByRole('list', { name: 'Test connection' })
  const publicKey = async () => (await window.locator('code', { hasText: /^(ssh|ecdsa)-/ }).textContent()) ?? ''
  return {
    open: async () => {
      await window
        .getByRole('navigation', { name: 'Main' })
        .getByRole('link', { name: /^Git Accounts/ })
        .click()
      await window.getByRole('button', { name: 'Connect Git Account' }).click()
      await window.getByRole('button', { name: 'Other (SSH key)' }).click()
      await expect(window.getByRole('heading', { name: 'Connect by SSH key', level: 1 })).toBeVisible()
    },
    address: window.getByLabel('SSH clone URL'),
    makeKey: async (name, kind = 'ed25519') => {
      const way = kind === 'ed25519' ? 'Make a new key' : 'Make an RSA key with 4,096 bits'
      await window.getByRole('radio', { name: way }).check()
      await window.getByLabel('Key name').fill(name)
      await window.getByRole('button', { name: 'Make key' }).click()
      await expect(window.getByRole('button', { name: 'Copy public key' })).toBeVisible({ timeout: 30_000 })
      return publicKey()
    },
    publicKey,
    connect: window.getByRole('button', { name: 'Connect', exact: true }),
    step: (name) => steps.getByRole('listitem').filter({ hasText: name }),
    passed: async () => {
      const lines = await steps.getByRole('listitem').allTextContents()
      return lines.flatMap((line) => /^(.*?), passed/.exec(line)?.[1] ?? [])
    },
    ...hostKeyQuestion(window),
    connected: (name) => window.getByRole('status').filter({ hasText: `Connected: ${name}` }),
    failure: window.getByRole('alert'),
  }
}
