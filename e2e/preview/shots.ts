import type { Page } from 'playwright'
import { appShots } from './app-shots'
import type { SceneName } from './scenes'
import { serverShots } from './server-shots'
import type { Shot } from './shot'

const go = (page: Page, name: string) => page.getByRole('link', { name }).click()
const connect = (page: Page) => page.getByRole('button', { name: 'Connect Git Account' }).click()
const vault = (page: Page) => page.getByRole('button', { name: /^Key storage/ }).click()

const wizard: readonly SceneName[] = ['waiting', 'device', 'checking', 'different', 'failed', 'connected']

/** Those that the documentation shows, in the order in which a person meets them. */
export const documented: readonly string[] = [
  'empty',
  'connect-choose',
  'connect-github',
  'sign-in-waiting',
  'sign-in-connected',
  'accounts',
  'repositories',
  'apps',
  'new-app-checked',
  'app-live',
  'app-webhook',
  'servers',
  'ssh-keys',
  'oauth-apps',
  'network',
  'general',
  'vault-open',
  'palette',
  'shortcuts',
]

export const shots: readonly Shot[] = [
  { name: 'repositories', scene: 'deploy', steps: (page) => go(page, 'Repositories') },
  { name: 'ssh-keys', scene: 'accounts', steps: (page) => go(page, 'SSH keys') },
  { name: 'network', scene: 'accounts', steps: (page) => go(page, 'Network') },
  { name: 'accounts', scene: 'accounts' },
  {
    name: 'accounts-details',
    scene: 'accounts',
    steps: async (page) => {
      await page
        .getByRole('button', { name: /^Details/ })
        .first()
        .click()
    },
  },
  {
    name: 'accounts-menu',
    scene: 'accounts',
    steps: async (page) => {
      await page.getByRole('button', { name: 'More for octocat' }).click()
      await page.getByRole('menuitem', { name: 'Revoke access' }).waitFor()
    },
  },
  {
    name: 'accounts-rename',
    scene: 'accounts',
    steps: async (page) => {
      await page.getByRole('button', { name: 'More for octocat' }).click()
      await page.getByRole('menuitem', { name: 'Rename' }).click()
    },
  },
  {
    name: 'accounts-revoke',
    scene: 'accounts',
    steps: async (page) => {
      await page.getByRole('button', { name: 'More for octocat' }).click()
      await page.getByRole('menuitem', { name: 'Revoke access' }).click()
      await page.getByText('3 apps stop deploying').waitFor()
    },
  },
  {
    name: 'accounts-receipt',
    scene: 'accounts',
    steps: async (page) => {
      await page.getByRole('button', { name: 'More for octocat' }).click()
      await page.getByRole('menuitem', { name: 'Revoke access' }).click()
      await page.getByRole('button', { name: 'Revoke access' }).click()
      await page.getByRole('button', { name: 'Done' }).waitFor()
    },
  },
  {
    name: 'accounts-refused',
    scene: 'refused',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Refresh' }).first().click()
      await page.getByText('Evidence').first().click()
    },
  },
  { name: 'empty', scene: 'empty' },
  { name: 'many', scene: 'many' },
  { name: 'loading', scene: 'loading', steps: (page) => page.waitForTimeout(600) },
  { name: 'broken', scene: 'broken' },
  { name: 'notices', scene: 'notices' },
  { name: 'connect-choose', scene: 'accounts', steps: connect },
  {
    name: 'connect-detect',
    scene: 'accounts',
    steps: async (page) => {
      await connect(page)
      await page.getByLabel('Host').fill('git.somewhere.example')
      await page.getByText('Could not tell').waitFor()
    },
  },
  {
    name: 'connect-github',
    scene: 'accounts',
    steps: async (page) => {
      await connect(page)
      await page.getByRole('button', { name: 'GitHub' }).click()
      await page.getByRole('button', { name: 'Continue in your browser' }).waitFor()
    },
  },
  {
    name: 'connect-gitea',
    scene: 'accounts',
    steps: async (page) => {
      await connect(page)
      await page.getByRole('button', { name: 'Gitea / Forgejo' }).click()
      await page.getByRole('button', { name: 'Continue in your browser' }).waitFor()
    },
  },
  {
    name: 'connect-token',
    scene: 'accounts',
    steps: async (page) => {
      await connect(page)
      await page.getByRole('button', { name: 'GitHub' }).click()
      await page.getByRole('button', { name: 'Personal access token' }).click()
      await page.getByLabel('Personal access token').fill('ghp_0123456789')
      await page.getByRole('button', { name: 'Connect', exact: true }).click()
      await page.getByText('does not accept this token').waitFor()
    },
  },
  {
    name: 'connect-no-client',
    scene: 'no-client',
    steps: async (page) => {
      await connect(page)
      await page.getByRole('button', { name: 'GitHub' }).click()
      await page.getByLabel('Personal access token').waitFor()
    },
  },
  {
    name: 'connect-reconnect',
    scene: 'accounts',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Reconnect' }).first().click()
      await page.getByRole('button', { name: 'Continue in your browser' }).waitFor()
    },
  },
  ...wizard.map((scene) => ({ name: `sign-in-${scene}`, scene, steps: connect })),
  {
    name: 'sign-in-ladder',
    scene: 'waiting',
    steps: async (page) => {
      await connect(page)
      await page.getByText('It did not come back?').click()
    },
  },
  { name: 'sign-in-bar', scene: 'waiting' },
  { name: 'oauth-apps', scene: 'accounts', steps: (page) => go(page, 'OAuth apps') },
  {
    name: 'oauth-form',
    scene: 'no-client',
    steps: async (page) => {
      await connect(page)
      await page.getByRole('button', { name: 'GitHub' }).click()
      await page.getByRole('button', { name: 'Set up OAuth app' }).click()
      await page.getByText('Open the registration page').waitFor()
    },
  },
  { name: 'general', scene: 'accounts', steps: (page) => go(page, 'General') },
  {
    name: 'toast',
    scene: 'accounts',
    steps: async (page) => {
      await page.getByRole('button', { name: 'More for octocat' }).click()
      await page.getByRole('menuitem', { name: 'Copy login' }).click()
      await page.getByText('Copied').waitFor()
    },
  },
  {
    name: 'palette',
    scene: 'accounts',
    steps: async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByText('From the clipboard').waitFor()
    },
  },
  {
    name: 'shortcuts',
    scene: 'accounts',
    steps: async (page) => {
      await page.keyboard.press('?')
      await page.getByText('This sheet').waitFor()
    },
  },
  { name: 'vault-open', scene: 'accounts', steps: vault },
  { name: 'vault-session', scene: 'vault-session', steps: vault },
  { name: 'vault-choose', scene: 'vault-choose', steps: vault },
  { name: 'vault-locked-bar', scene: 'vault-locked' },
  {
    name: 'vault-locked',
    scene: 'vault-locked',
    steps: async (page) => {
      await vault(page)
      await page.getByRole('button', { name: 'Unlock' }).click()
      await page.getByText('That passphrase is not right').waitFor()
    },
  },
  { name: 'vault-waiting', scene: 'vault-waiting' },
  { name: 'vault-damaged', scene: 'vault-damaged', steps: vault },
  ...serverShots,
  ...appShots,
]
