import type { Settings } from '../../../src-preload/contract/entities/settings'
import { Failure } from '../../../src-preload/contract/outcome'
import { isExcepted } from './no-proxy'
import { hasLogin, proxyAddress } from './proxy-address'

type Environment = Readonly<Record<string, string | undefined>>

/** `lower` first. Servers hand `HTTP_PROXY` to programs on behalf of strangers, so that name is not read (curl(1)). */
const variable = (env: Environment, name: string): string =>
  env[name] || (name === 'http_proxy' ? '' : env[name.toUpperCase()]) || ''

/**
 * The proxy that the environment names for an address, as curl and git read it: `https_proxy`, `http_proxy`, `all_proxy` and
 * `no_proxy`. Null: none for this one. Undefined: the environment says nothing of proxies.
 */
export const environmentProxy = (env: Environment, address: string): string | null | undefined => {
  const url = new URL(address)
  const own = variable(env, url.protocol === 'https:' ? 'https_proxy' : 'http_proxy') || variable(env, 'all_proxy')
  if (own === '') return undefined
  return isExcepted(variable(env, 'no_proxy'), url) ? null : proxyAddress(own)
}

/** What the way out is decided by. */
export interface ProxyParts {
  readonly settings: () => Settings['proxy']
  readonly env: () => Environment
  /** The system's own answer, where it can be asked. */
  readonly system: (url: string) => Promise<string | null>
}

/**
 * The proxy for an address, without a login: none, the one in the settings, the environment's, or the system's. The app, git
 * and the terminal ask this alone.
 * @throws Failure `invalid-input` for a setting that is no address of a proxy
 */
export const createProxyFor =
  ({ settings, env, system }: ProxyParts) =>
  async (url: string): Promise<string | null> => {
    const { mode, url: manual } = settings()
    if (mode === 'none') return null
    if (mode === 'system') {
      const named = environmentProxy(env(), url)
      return named === undefined ? await system(url) : named
    }
    const proxy = hasLogin(manual) ? null : proxyAddress(manual)
    if (proxy === null) throw new Failure('invalid-input', { field: 'proxy' })
    return proxy
  }
