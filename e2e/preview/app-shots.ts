import type { Page } from 'playwright'
import { go } from './server-shots'
import type { Shot } from './shot'

const openApp = async (page: Page, name: string, tab?: string) => {
  await go(page, 'Apps')
  await page.getByRole('link', { name, exact: true }).click()
  if (tab !== undefined) await page.getByRole('tab', { name: tab }).click()
}

const appMenu = async (page: Page, app: string, item: string) => {
  await go(page, 'Apps')
  await page.getByRole('button', { name: `More for ${app}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const newApp = async (page: Page) => {
  await go(page, 'Apps')
  await page.getByRole('button', { name: 'New app' }).click()
}

const fillApp = async (page: Page) => {
  await newApp(page)
  await page.getByRole('combobox', { name: 'Git Account' }).selectOption('a1')
  await page.getByRole('combobox', { name: 'Repository' }).click()
  await page.getByRole('option', { name: 'acme/storefront' }).click()
  await page.getByRole('combobox', { name: 'Server' }).selectOption('sv1')
}

const check = async (page: Page) => {
  await fillApp(page)
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await page
    .getByText('Test clone from both sides')
    .or(page.getByRole('region', { name: 'This computer' }))
    .first()
    .scrollIntoViewIfNeeded()
}

const pasteValue = async (page: Page, name: string, text: string) => {
  await page.getByRole('button', { name: 'Add variable' }).click()
  await page.getByLabel('Name of variable').last().fill(name)
  await page.getByLabel(`Value of ${name}`).evaluate((field, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', pasted)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at} of a certificate`).join('\n')

/** Pictures of the app screens. */
export const appShots: readonly Shot[] = [
  {
    name: 'new-app-variables',
    scene: 'deploy',
    steps: async (page) => {
      await newApp(page)
      await pasteValue(page, 'CA_BUNDLE', lines(4000))
      await pasteValue(page, 'DEPLOY_KEY', lines(8))
      await page.getByRole('button', { name: 'Show' }).last().click()
      await pasteValue(page, 'HUGE', lines(60_000))
      await page.getByLabel('Name of variable').last().blur()
    },
  },
  { name: 'apps', scene: 'deploy', steps: (page) => go(page, 'Apps') },
  {
    name: 'apps-empty',
    scene: 'deploy-empty',
    steps: (page) => go(page, 'Apps'),
  },
  {
    name: 'apps-many',
    scene: 'deploy-many',
    steps: (page) => go(page, 'Apps'),
  },
  {
    name: 'apps-loading',
    scene: 'deploy-loading',
    steps: async (page) => {
      await go(page, 'Apps')
      await page.waitForTimeout(600)
    },
  },
  {
    name: 'apps-broken',
    scene: 'deploy-broken',
    steps: (page) => go(page, 'Apps'),
  },
  {
    name: 'apps-remove',
    scene: 'deploy',
    steps: (page) => appMenu(page, 'storefront', 'Remove app'),
  },
  {
    name: 'apps-removed',
    scene: 'deploy',
    steps: async (page) => {
      await appMenu(page, 'storefront', 'Remove app')
      await page.getByRole('button', { name: 'Remove app' }).click()
      await page.getByRole('button', { name: 'Done' }).waitFor()
    },
  },
  {
    name: 'apps-move',
    scene: 'deploy',
    steps: async (page) => {
      await appMenu(page, 'storefront', 'Move to another account')
      await page.getByRole('button', { name: 'Check and move' }).click()
      await page.getByRole('button', { name: 'Done' }).waitFor()
    },
  },
  {
    name: 'app-live',
    scene: 'deploy',
    steps: (page) => openApp(page, 'storefront'),
  },
  {
    name: 'app-log-search',
    scene: 'deploy',
    steps: async (page) => {
      await openApp(page, 'storefront')
      await page.getByRole('searchbox', { name: 'Search the log' }).fill('error')
      await page.getByText(/of 8/).waitFor()
    },
  },
  {
    name: 'app-running',
    scene: 'deploy',
    steps: (page) => openApp(page, 'docs'),
  },
  {
    name: 'app-failed',
    scene: 'deploy',
    steps: (page) => openApp(page, 'billing'),
  },
  {
    name: 'app-never',
    scene: 'deploy',
    steps: (page) => openApp(page, 'admin'),
  },
  {
    name: 'app-history',
    scene: 'deploy',
    steps: async (page) => {
      await openApp(page, 'storefront')
      await page.getByRole('list', { name: 'History' }).getByRole('button').nth(3).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'app-releases',
    scene: 'deploy',
    steps: (page) => openApp(page, 'storefront', 'Releases'),
  },
  {
    name: 'app-rules',
    scene: 'deploy',
    steps: (page) => openApp(page, 'storefront', 'Watch paths'),
  },
  {
    name: 'app-webhook',
    scene: 'deploy',
    steps: (page) => openApp(page, 'storefront', 'Webhook'),
  },
  {
    name: 'app-webhook-by-hand',
    scene: 'deploy-by-hand',
    steps: (page) => openApp(page, 'admin', 'Webhook'),
  },
  {
    name: 'app-webhook-drifted',
    scene: 'deploy-unreachable',
    steps: (page) => openApp(page, 'storefront', 'Webhook'),
  },
  {
    name: 'app-settings',
    scene: 'deploy',
    steps: (page) => openApp(page, 'storefront', 'Settings'),
  },
  {
    name: 'app-key-by-hand',
    scene: 'deploy',
    steps: (page) => openApp(page, 'admin', 'Settings'),
  },
  {
    name: 'app-unreachable',
    scene: 'deploy-unreachable',
    steps: (page) => openApp(page, 'storefront'),
  },
  {
    name: 'app-account',
    scene: 'deploy',
    steps: (page) => openApp(page, 'search-indexer-for-the-shop-and-the-help-pages'),
  },
  { name: 'new-app', scene: 'deploy', steps: newApp },
  {
    name: 'new-app-repositories',
    scene: 'deploy',
    steps: async (page) => {
      await newApp(page)
      await page.getByRole('combobox', { name: 'Git Account' }).selectOption('a1')
      await page.getByRole('combobox', { name: 'Repository' }).click()
      await page.getByRole('option', { name: 'acme/storefront' }).waitFor()
    },
  },
  { name: 'new-app-filled', scene: 'deploy', steps: fillApp },
  {
    name: 'new-app-ssh',
    scene: 'deploy',
    steps: async (page) => {
      await newApp(page)
      await page.getByRole('combobox', { name: 'Git Account' }).selectOption('a7')
    },
  },
  { name: 'new-app-checked', scene: 'deploy', steps: check },
  { name: 'new-app-blocked', scene: 'deploy-blocked', steps: check },
  { name: 'new-app-asking', scene: 'deploy-asking', steps: check },
  {
    name: 'edit-app',
    scene: 'deploy',
    steps: async (page) => {
      await appMenu(page, 'storefront', 'Edit')
      await page.getByRole('button', { name: 'Add variable' }).scrollIntoViewIfNeeded()
    },
  },
]
