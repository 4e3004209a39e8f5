import type { Page } from 'playwright'
import type { Shot } from './shot'

/** Opens a screen by its line in the sidebar; a mark may stand behind its name. */
export const go = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click()

const openServer = async (page: Page, name: string) => {
  await go(page, 'Servers')
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click()
}

const serverMenu = async (page: Page, server: string, item: string) => {
  await go(page, 'Servers')
  await page.getByRole('button', { name: `More for ${server}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Pictures of the server screens. */
export const serverShots: readonly Shot[] = [
  { name: 'servers', scene: 'deploy', steps: (page) => go(page, 'Servers') },
  {
    name: 'servers-empty',
    scene: 'deploy-empty',
    steps: (page) => go(page, 'Servers'),
  },
  {
    name: 'servers-many',
    scene: 'deploy-many',
    steps: (page) => go(page, 'Servers'),
  },
  {
    name: 'servers-loading',
    scene: 'deploy-loading',
    steps: async (page) => {
      await go(page, 'Servers')
      await page.waitForTimeout(600)
    },
  },
  {
    name: 'servers-broken',
    scene: 'deploy-broken',
    steps: (page) => go(page, 'Servers'),
  },
  {
    name: 'servers-add',
    scene: 'deploy',
    steps: async (page) => {
      await go(page, 'Servers')
      await page.getByRole('button', { name: 'Add server' }).click()
      await page.getByLabel('Host').fill('shop.acme.dev')
    },
  },
  {
    name: 'servers-install-key',
    scene: 'deploy',
    steps: async (page) => {
      await go(page, 'Servers')
      await page.getByRole('button', { name: 'Install key' }).click()
      await page.getByLabel('Password').fill('secret')
      await page.getByRole('dialog').getByRole('button', { name: 'Install key' }).click()
      await page.getByText('did not accept this password').waitFor()
    },
  },
  {
    name: 'servers-install-receiver',
    scene: 'deploy',
    steps: async (page) => {
      await go(page, 'Servers')
      await page.getByRole('button', { name: 'Install webhook' }).click()
    },
  },
  {
    name: 'servers-remove-used',
    scene: 'deploy',
    steps: (page) => serverMenu(page, 'Production', 'Remove server'),
  },
  {
    name: 'servers-remove',
    scene: 'deploy',
    steps: async (page) => {
      await serverMenu(page, 'Old box', 'Remove server')
      await page.getByText('/home/deploy/apps/storefront').waitFor()
    },
  },
  {
    name: 'server-ready',
    scene: 'deploy',
    steps: (page) => openServer(page, 'Production'),
  },
  {
    name: 'server-key',
    scene: 'deploy',
    steps: (page) => openServer(page, 'New machine'),
  },
  {
    name: 'server-host-key',
    scene: 'deploy',
    steps: (page) => openServer(page, 'build-01'),
  },
  {
    name: 'server-unreachable',
    scene: 'deploy',
    steps: (page) => openServer(page, 'Old box'),
  },
  {
    name: 'server-no-receiver',
    scene: 'deploy',
    steps: (page) => openServer(page, 'Staging'),
  },
  {
    name: 'server-receiver-form',
    scene: 'deploy',
    steps: async (page) => {
      await openServer(page, 'Production')
      await page.getByRole('button', { name: 'Change', exact: true }).click()
    },
  },
  {
    name: 'server-foot',
    scene: 'deploy',
    steps: async (page) => {
      await openServer(page, 'Production')
      await page.getByRole('button', { name: 'Look on the server' }).click()
      await page.getByText('authorized_keys', { exact: false }).last().scrollIntoViewIfNeeded()
    },
  },
]
