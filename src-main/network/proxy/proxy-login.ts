import { object, safeParse, string } from 'valibot'
import { Secret } from '../../credentials/secret'
import type { Vault } from '../../credentials/vault'
import { proxyName } from './proxy-address'

/** User name and password for a proxy, which go to it alone (RFC 7617). */
export interface ProxyLogin {
  readonly username: string
  readonly password: Secret
}

const Stored = object({ username: string(), password: string() })
const prefix = 'proxy-login/'

/** The vault's name of a proxy's login. */
export const proxyLoginName = (proxy: string): string => `${prefix}${proxyName(proxy)}`

export const encodeProxyLogin = ({ username, password }: ProxyLogin): Secret =>
  new Secret(JSON.stringify({ username, password: password.reveal() }))

/** The login that is kept for a proxy, or null. A vault that can't be opened has none. */
export const readProxyLogin = async (vault: Pick<Vault, 'get'>, proxy: string): Promise<ProxyLogin | null> => {
  const value = await vault.get(proxyLoginName(proxy)).catch(() => null)
  if (value === null) return null
  try {
    const { success, output } = safeParse(Stored, JSON.parse(value.reveal()))
    return success ? { username: output.username, password: new Secret(output.password) } : null
  } catch {
    return null
  }
}

/** Proxies whose logins are kept, by `host:port`. */
export const keptProxies = async (vault: Pick<Vault, 'names'>): Promise<readonly string[]> =>
  (await vault.names()).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length))

/** The proxy's address with its login in it, for connections of ours. It is never logged, stored or handed to a program. */
export const withLogin = (proxy: string, login: ProxyLogin | null): string => {
  if (login === null) return proxy
  const [user, password] = [encodeURIComponent(login.username), encodeURIComponent(login.password.reveal())]
  return proxy.replace('://', `://${user}:${password}@`)
}

/** How a proxy wants people to log in, by the names of RFC 9110 section 11.7.1, e.g. `Negotiate, NTLM`. */
export const offeredSchemes = (header: string | readonly string[] | null | undefined): string =>
  [header ?? []]
    .flat()
    .flatMap((line) => line.match(/(?:^|,)\s*[A-Za-z][\w-]*(?=\s*(?:$|,|\s+[\w-]+\s*=|\s+[\w+/=]+\s*(?:,|$)))/g) ?? [])
    .map((scheme) => scheme.replace(/[,\s]/g, ''))
    .join(', ')
    .slice(0, 100)
