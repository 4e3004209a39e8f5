import { domainToASCII } from 'node:url'

/** Kinds of proxies that can be used, and what other names mean. */
const schemes = new Map([
  ['http', 'http'],
  ['https', 'https'],
  ['socks', 'socks5'],
  ['socks5', 'socks5'],
  ['socks5h', 'socks5'],
])

/**
 * The address of a proxy, `scheme://host[:port]`, without a login. One without a scheme is an HTTP proxy, as for curl. Null
 * for what is none.
 */
export const proxyAddress = (text: string): string | null => {
  const [, named = 'http', typed = '', port = ''] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^/?#\s]*@)?(\[[\da-f:.]+\]|[^\s/?#@:[\]\\%]+)(:\d{1,5})?\/?$/i.exec(
      text.trim(),
    ) ?? []
  const scheme = schemes.get(named.toLowerCase())
  const host = typed.startsWith('[') ? typed.toLowerCase() : domainToASCII(typed)
  return scheme === undefined || host === '' ? null : `${scheme}://${host}${port}`
}

/** Whether an address holds a user name or a password. */
export const hasLogin = (text: string): boolean => /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#\s]*@/i.test(text.trim())

/** `host:port`, by which a proxy is known to people and its login is kept. */
export const proxyName = (proxy: string): string =>
  proxy.replace(/^[a-z0-9+.-]+:\/\/([^/@]*@)?|\/.*$/gi, '').toLowerCase()
