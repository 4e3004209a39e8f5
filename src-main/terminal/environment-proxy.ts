import type { Settings } from '../../src-preload/contract/entities/settings'

const isExcepted = (host: string, list: string): boolean =>
  list
    .split(',')
    .map((entry) =>
      entry
        .trim()
        .toLowerCase()
        .replace(/^\*?\./, ''),
    )
    .some((entry) => entry === '*' || (entry !== '' && (host === entry || host.endsWith(`.${entry}`))))

/**
 * The proxy for an address where the system can't be asked: the one in the settings or, as for every program in a terminal,
 * the environment's (`https_proxy`, `no_proxy`). Null for none.
 */
export const environmentProxy = (
  { mode, url: manual }: Settings['proxy'],
  env: NodeJS.ProcessEnv,
  url: string,
): string | null => {
  if (mode === 'none') return null
  if (mode === 'manual') return manual.replace(/\/$/, '')
  const { protocol, hostname } = new URL(url)
  if (isExcepted(hostname.toLowerCase(), env.no_proxy ?? env.NO_PROXY ?? '')) return null
  const name = protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const found =
    env[name] ?? (protocol === 'https:' ? env.HTTPS_PROXY : undefined) ?? env.all_proxy ?? env.ALL_PROXY ?? ''
  return /^(https?|socks5h?):\/\//i.test(found) ? found.replace(/^socks5h/i, 'socks5').replace(/\/$/, '') : null
}
