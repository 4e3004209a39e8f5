import { type TrayFacts, trayMenu } from '../../../src-main/shell/tray-menu'
import { wordsIn } from '../../../src-main/shell/words'
import type { Account } from '../../../src-preload/contract/entities/account'
import { launchElectron } from '../../fixtures/electron'
import { quit } from '../driven'
import type { Figure } from '../figure'
import { median } from '../samples'

const runs = 25

const account = (number: number): Account => ({
  id: `account-${number}`,
  provider: 'p',
  host: `https://git-${number % 8}.example`,
  kind: 'oauth',
  login: `person-${number}`,
  name: `Person ${number}`,
  label: '',
  isDefault: number === 0,
  state: number % 5 === 0 ? 'expired' : 'connected',
  reason: null,
  addresses: [],
  namedAs: null,
  scopes: null,
  access: { selection: 'all', manageUrl: null, owners: [] },
  repositoryCount: 3,
  expiresAt: number % 3 === 0 ? 86_400_000 * (number % 14) : null,
  renewsAt: null,
  connectedAt: 0,
  checkedAt: null,
  nextCheckAt: null,
  appsUsing: 0,
  samePersonAs: null,
  can: { refresh: true, revoke: true, list: true, webhooks: true, deployKeys: true },
})

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number)

const facts: TrayFacts = {
  now: 0,
  accounts: numbers(50).map(account),
  providers: numbers(5).map((number) => ({ id: `p${number}`, title: `Provider ${number}` })),
  signIns: numbers(4).map((number) => ({ provider: 'p', host: `https://git-${number}.example`, title: 'Provider' })),
  repositories: numbers(8).map((number) => ({ accountId: 'account-0', id: String(number), path: `ada/app-${number}` })),
  apps: numbers(20).map((number) => ({ id: `app-${number}`, name: `App ${number}`, state: 'live' })),
  keys: numbers(10).map((number) => ({ id: `key-${number}`, name: `Key ${number}` })),
  clipboard: { name: 'git.example/ada/app', to: '/repositories?text=ada' },
  words: wordsIn('en').tray,
}

/** The tray's menu for 50 accounts: from the facts to the menu that the desktop is given, in the app's own process. */
export const figure: Figure = {
  name: 'tray-menu',
  measure: async ({ env, folder }) => {
    const app = await launchElectron({ profile: await folder('tray-menu'), env })
    try {
      const words: number[] = []
      for (let run = 0; run < runs; run += 1) {
        const from = performance.now()
        trayMenu(facts)
        words.push(performance.now() - from)
      }
      const template = trayMenu(facts)
      // What runs a TypeScript file names its functions by this helper, which the app does not have.
      await app.evaluate('globalThis.__name = (named) => named')
      const menus: number[] = await app.evaluate(
        ({ Menu }, [items, count]) => {
          type Item = (typeof items)[number]
          const toTemplate = (item: Item): Electron.MenuItemConstructorOptions =>
            item.kind === 'line'
              ? { type: 'separator' }
              : item.kind === 'menu'
                ? { label: item.text, submenu: item.items.map(toTemplate) }
                : { label: item.text, click: () => undefined }
          return Array.from({ length: count }, () => {
            const from = performance.now()
            Menu.buildFromTemplate(items.map(toTemplate))
            return performance.now() - from
          })
        },
        [template, runs] as const,
      )
      return [
        {
          name: 'tray menu with 50 accounts',
          unit: 'ms',
          ours: median(words) + median(menus),
          reference: 0,
          limit: 10,
          budget: '10 ms',
        },
      ]
    } finally {
      await quit(app)
    }
  },
}
