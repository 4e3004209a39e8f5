import type { contract } from '../../../src-preload/contract'
import type { Settings } from '../../../src-preload/contract/entities/settings'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import type { Announce } from '../../ipc/announce'
import type { Store } from '../../storage/store'
import { checkSettings } from './check-settings'
import type { OAuthApps } from './oauth-apps'
import type { ProxyLogins } from './proxy-logins'

/** What the settings' handlers need. */
export interface SettingsParts {
  readonly store: Store<Settings>
  readonly oauthApps: OAuthApps
  readonly proxyLogins: Pick<ProxyLogins, 'list' | 'save' | 'remove'>
  readonly isProvider: (id: string) => boolean
  readonly announce: Announce
  /** @throws Failure `git-missing` where that program may not be used as git */
  readonly checkGit?: (path: string) => Promise<unknown>
}

/** Settings and OAuth apps. A change is announced when it is durable. */
export const createSettingsHandlers = ({
  store,
  oauthApps,
  proxyLogins,
  isProvider,
  announce,
  checkGit,
}: SettingsParts): Handlers<typeof contract.settings> => ({
  get: async () => store.read(),
  change: async (asked) => {
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
    // Looked at now, and again before each use.
    if (typeof given.gitPath === 'string') {
      checkSettings({ ...store.read(), ...given })
      await checkGit?.(given.gitPath)
    }
    const changed = await store.update((settings) => {
      const next: Settings = { ...settings, ...given }
      checkSettings(next)
      return next
    })
    announce('settings.changed', changed)
    return changed
  },
  proxyLogins: async () => [...(await proxyLogins.list())],
  saveProxyLogin: async ({ proxy, ...login }) => {
    await proxyLogins.save(proxy, login)
    return [...(await proxyLogins.list())]
  },
  removeProxyLogin: async ({ proxy }) => {
    await proxyLogins.remove(proxy)
    return [...(await proxyLogins.list())]
  },
  oauthApps: async () => [...oauthApps.list()],
  saveOAuthApp: async ({ clientSecret, ...app }) => {
    if (!isProvider(app.provider)) throw new Failure('not-found', { what: 'provider' })
    return oauthApps.save(app, clientSecret === '' ? null : new Secret(clientSecret))
  },
  removeOAuthApp: async ({ provider, host }) => {
    await oauthApps.remove(provider, host)
    return undefined
  },
})
