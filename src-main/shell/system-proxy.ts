import type { Session } from 'electron'
import type { Settings } from '../../src-preload/contract/entities/settings'
import { Failure } from '../../src-preload/contract/outcome'
import { ownOf } from '../../src-preload/contract/own'

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

/** The proxy for an address: none, the one in the settings, or the system's (also by its own script). */
export const createProxyFor =
  (session: () => Pick<Session, 'resolveProxy'>, settings: () => Settings['proxy']) =>
  async (url: string): Promise<string | null> => {
    const { mode, url: manual } = settings()
    if (mode === 'none') return null
    if (mode === 'system') return readProxyList(await session().resolveProxy(url))
    if (!/^(https?|socks5):\/\/(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?\/?$/i.test(manual))
      throw new Failure('invalid-input', { field: 'proxy' })
    return manual.replace(/\/$/, '')
  }
