import { expect, type Locator, type Page } from '@playwright/test'
import { consentDialog } from './consent'
import { hostKeyQuestion } from './host-key'
import { goTo } from './sidebar'

/** What a person fills in for a new app; what is left out keeps what the form suggests. */
export interface AppFields {
  /** Label of the account in the dropdown, or a part of it. */
  readonly account?: string
  /** Its path, for an account that lists its repositories. */
  readonly repository?: string
  /** The SSH clone address, for an account that only has a key. */
  readonly address?: string
  readonly branch?: string
  readonly server?: string
  readonly folder?: string
  readonly name?: string
  readonly command?: string
  readonly variables?: Readonly<Record<string, string>>
  readonly watchPaths?: string
  /** False: deploys only by hand. */
  readonly autoDeploy?: boolean
}

/** The screens of apps. */
export interface AppScreens {
  /** Opens "New app" and fills it in. */
  fill(fields: AppFields): Promise<void>
  /** Looks ahead and waits until that is over. */
  check(): Promise<void>
  /** Trusts the git host that the look ahead asks about. */
  trust(): Promise<void>
  /** Agrees, in main’s dialog, to what is saved or removed. */
  agree(verb: 'Create app' | 'Change app' | 'Remove app'): Promise<void>
  /** A line of the look ahead. */
  item(name: string): Locator
  /** Opens one that is there, and a part of it. */
  open(name: string, tab?: 'Deploys' | 'Releases' | 'Watch paths' | 'Webhook' | 'Settings'): Promise<void>
  tab(name: 'Deploys' | 'Releases' | 'Watch paths' | 'Webhook' | 'Settings'): Promise<void>
  /** Rows of the history, newest first. */
  readonly history: Locator
  /** The log that is shown. */
  readonly log: Locator
  /** Chooses something behind ⋯. */
  choose(name: string, action: string): Promise<void>
}

/** @see AppScreens */
export const appScreens = (window: Page): AppScreens => {
  const consent = consentDialog(window)
  const pick = async (label: string, text: string) => {
    const field = window.getByRole('combobox', { name: label })
    await field.click()
    await field.fill(text)
    await window.getByRole('option', { name: text }).first().click()
  }
  const tab: AppScreens['tab'] = (name) => window.getByRole('tab', { name, exact: true }).click()
  return {
    fill: async (fields) => {
      await goTo(window, 'Apps')
      await window.getByRole('button', { name: 'New app' }).first().click()
      await expect(window.getByRole('heading', { name: 'New app', level: 1 })).toBeVisible()
      if (fields.account !== undefined) {
        await window.getByRole('combobox', { name: 'Git Account' }).selectOption({ label: fields.account })
      }
      if (fields.repository !== undefined) await pick('Repository', fields.repository)
      if (fields.address !== undefined) await window.getByLabel('SSH clone URL').fill(fields.address)
      if (fields.branch !== undefined) await pick('Branch', fields.branch)
      if (fields.watchPaths !== undefined) {
        await window.getByText('Root folder, watch paths, submodules').click()
        await window.getByLabel('Watch paths').fill(fields.watchPaths)
      }
      if (fields.server !== undefined) {
        const server = window.getByRole('combobox', { name: 'Server' })
        const option = await server.getByRole('option', { name: fields.server }).getAttribute('value')
        await server.selectOption(option)
      }
      if (fields.folder !== undefined) await window.getByLabel('Folder on the server').fill(fields.folder)
      if (fields.name !== undefined) await window.getByLabel('App name').fill(fields.name)
      if (fields.command !== undefined) await window.getByLabel('After-deploy command').fill(fields.command)
      for (const [name, value] of Object.entries(fields.variables ?? {})) {
        await window.getByRole('button', { name: 'Add variable' }).click()
        await window.getByLabel('Name of variable').last().fill(name)
        await window.getByLabel(`Value of ${name}`).fill(value)
      }
      if (fields.autoDeploy === false) await window.getByLabel('Deploy with each push').uncheck()
    },
    check: async () => {
      await window.getByRole('button', { name: /^Check( again)?$/ }).click()
      await expect(window.getByRole('button', { name: /^Create / }).first()).toBeVisible({ timeout: 30_000 })
    },
    trust: async () => {
      // Its other rows have come: they move the button away from under the pointer.
      await expect(window.getByRole('button', { name: 'Check again' })).toBeVisible({ timeout: 30_000 })
      await hostKeyQuestion(window).trust()
    },
    agree: (verb) => consent.agree(verb),
    item: (name) => window.getByRole('listitem').filter({ hasText: name }),
    open: async (name, part) => {
      await goTo(window, 'Apps')
      await window.getByRole('link', { name, exact: true }).click()
      await expect(window.getByRole('heading', { name, level: 1 })).toBeVisible()
      if (part !== undefined) await tab(part)
    },
    tab,
    history: window.getByRole('list', { name: 'History' }).getByRole('listitem'),
    log: window.getByRole('log'),
    choose: async (name, action) => {
      await window.getByRole('button', { name: `More for ${name}` }).click()
      await window.getByRole('menuitem', { name: action, exact: true }).click()
    },
  }
}
