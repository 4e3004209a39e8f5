import type { ProxyLoginEntry } from '../../../src-preload/contract/entities/settings'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import type { Vault } from '../../credentials/vault'
import { proxyName } from '../../network/proxy/proxy-address'
import {
  encodeProxyLogin,
  keptProxies,
  type ProxyLogin,
  proxyLoginName,
  readProxyLogin,
} from '../../network/proxy/proxy-login'

/** Logins for proxies, which are kept in the vault and asked for only when a proxy demands one. */
export interface ProxyLogins {
  /** The login that is kept for a proxy, or null. */
  kept(proxy: string): Promise<ProxyLogin | null>
  /** The same, for a proxy that has just demanded one. */
  demanded(proxy: string): Promise<ProxyLogin | null>
  /** Proxies that have demanded a login in this run or have one. @throws what the vault says */
  list(): Promise<readonly ProxyLoginEntry[]>
  /** @throws Failure `not-found` for a proxy that the app has not met */
  save(proxy: string, login: { readonly username: string; readonly password: string }): Promise<void>
  remove(proxy: string): Promise<void>
}

/** @param manual the address in the settings, empty for none */
export const createProxyLogins = (
  vault: Pick<Vault, 'get' | 'set' | 'delete' | 'names'>,
  manual: () => string,
): ProxyLogins => {
  const met = new Set<string>()
  const asking = new Set<string>()
  const kept = (proxy: string) => {
    met.add(proxyName(proxy))
    return readProxyLogin(vault, proxy)
  }
  return {
    kept,
    demanded: async (proxy) => {
      asking.add(proxyName(proxy))
      return kept(proxy)
    },
    list: async () => {
      const proxies = [...new Set([...asking, ...(await keptProxies(vault))])]
      return Promise.all(
        proxies.map(async (proxy) => ({ proxy, username: (await readProxyLogin(vault, proxy))?.username ?? null })),
      )
    },
    save: async (proxy, { username, password }) => {
      const known = [...met, ...(manual() === '' ? [] : [proxyName(manual())])]
      if (!known.includes(proxyName(proxy)) && !(await keptProxies(vault)).includes(proxyName(proxy)))
        throw new Failure('not-found', { what: 'proxy' })
      // A colon would end the name and a line break the line (RFC 7617 section 2).
      if (/[:\x00-\x1f\x7f]/.test(username) || /[\x00-\x1f\x7f]/.test(password))
        throw new Failure('invalid-input', { field: 'username' })
      await vault.set(proxyLoginName(proxy), encodeProxyLogin({ username, password: new Secret(password) }))
    },
    remove: (proxy) => vault.delete(proxyLoginName(proxy)),
  }
}
