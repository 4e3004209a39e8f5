import type { Session } from 'electron'
import type { Settings } from '../../src-preload/contract/entities/settings'
import { ownOf } from '../../src-preload/contract/own'
import { createProxyFor as createProxy } from '../network/proxy/proxy-for'

const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTPS: 'https', SOCKS: 'socks5', SOCKS5: 'socks5' }

/**
 * Reads Chromium's answer for one address, e.g. `PROXY proxy.acme.dev:3128; DIRECT`: the first entry that we can speak,
 * as an address, or null for a direct connection.
 */
export const readProxyList = (list: string): string | null => {
  for (const entry of list.split(';')) {
    const [kind = '', host = ''] = entry.trim().split(/\s+/)
    if (kind === 'DIRECT') return null
    const scheme = ownOf(schemes, kind)
    if (scheme !== undefined && /^[\w.[\]:-]+$/.test(host)) return `${scheme}://${host}`
  }
  return null
}

/** The proxy for an address, the system's own answer being Chromium's, which also runs the system's script. */
export const createProxyFor = (
  session: () => Pick<Session, 'resolveProxy'>,
  settings: () => Settings['proxy'],
  env: () => NodeJS.ProcessEnv = () => ({}),
): ((url: string) => Promise<string | null>) =>
  createProxy({ settings, env, system: async (url) => readProxyList(await session().resolveProxy(url)) })
