import { expect, type Locator, type Page } from '@playwright/test'
import { type HostKeyQuestion, hostKeyQuestion } from './host-key'
import { goTo } from './sidebar'

/** Where a server is. */
export interface ServerPlace {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly user: string
}

/** One server's screen. */
export interface ServerScreen extends HostKeyQuestion {
  /** Adds a server by the form; its screen is open then. */
  add(place: ServerPlace): Promise<void>
  /** Opens the screen of one that is there. */
  open(name: string): Promise<void>
  /** A line of the checks. */
  check(name: string): Locator
  /** Puts the key there with a password. */
  installKey(password: string): Promise<void>
  /** Chooses something behind ⋯. */
  choose(name: string, action: string): Promise<void>
  /** Says how pushes reach it. */
  setReceiver(way: 'A port of its own' | 'Loopback, behind a proxy', port: number): Promise<void>
  /** The public half of its key, as it is shown. */
  publicKey(): Promise<string>
}

/** @see ServerScreen */
export const serverScreen = (window: Page): ServerScreen => {
  const dialog = window.getByRole('dialog')
  return {
    add: async ({ name, host, port, user }) => {
      await goTo(window, 'Servers')
      await window.getByRole('button', { name: 'Add server' }).click()
      await dialog.getByLabel('Host').fill(host)
      await dialog.getByRole('textbox', { name: 'Port' }).fill(String(port))
      await dialog.getByLabel('User').fill(user)
      await dialog.getByLabel('Name').fill(name)
      await dialog.getByRole('button', { name: 'Add server' }).click()
      await expect(window.getByRole('heading', { name, level: 1 })).toBeVisible()
    },
    open: async (name) => {
      await goTo(window, 'Servers')
      await window.getByRole('link', { name, exact: true }).click()
      await expect(window.getByRole('heading', { name, level: 1 })).toBeVisible()
    },
    check: (name) => window.getByRole('list', { name: 'Checks' }).getByRole('listitem').filter({ hasText: name }),
    ...hostKeyQuestion(window),
    installKey: async (password) => {
      await window.getByRole('button', { name: 'Install key', exact: true }).first().click()
      await dialog.getByLabel('Password').fill(password)
      await dialog.getByRole('button', { name: 'Install key' }).click()
      await dialog.waitFor({ state: 'hidden' })
    },
    choose: async (name, action) => {
      await window.getByRole('button', { name: `More for ${name}` }).click()
      await window.getByRole('menuitem', { name: action, exact: true }).click()
    },
    setReceiver: async (way, port) => {
      await window.getByRole('button', { name: 'Change', exact: true }).click()
      await dialog.getByRole('radio', { name: way }).check()
      await dialog.getByRole('textbox', { name: 'Port' }).fill(String(port))
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.waitFor({ state: 'hidden' })
    },
    publicKey: async () =>
      (await window
        .locator('code', { hasText: /^ssh-ed25519 / })
        .first()
        .textContent()) ?? '',
  }
}
