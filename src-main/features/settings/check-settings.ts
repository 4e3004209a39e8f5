import { isAbsolute } from 'node:path'
import type { Settings } from '../../../src-preload/contract/entities/settings'
import { Failure } from '../../../src-preload/contract/outcome'

const proxySchemes = new Set(['http:', 'https:', 'socks5:'])

/** An address of scheme, host and port; empty while the person has not typed one yet. */
const isProxyAddress = (text: string): boolean => {
  if (text === '') return true
  try {
    const { protocol, hostname, username, password, pathname, search, hash } = new URL(text)
    const hasMore = username + password + search + hash !== '' || !['', '/'].includes(pathname)
    return proxySchemes.has(protocol) && hostname !== '' && !hasMore
  } catch {
    return false
  }
}

/** A program by its whole path: a relative one would be looked for wherever the app happens to be. */
const isProgramPath = (path: string | null): boolean =>
  path === null || (isAbsolute(path) && path.length <= 4096 && !/[\x00-\x1f\x7f]/.test(path))

/** @throws Failure `invalid-input` with the `field` that can't be right, so that nothing else has to doubt what is saved. */
export const checkSettings = ({ proxy, gitPath }: Settings): void => {
  if (!isProxyAddress(proxy.url ?? '')) throw new Failure('invalid-input', { field: 'proxy' })
  if (!isProgramPath(gitPath)) throw new Failure('invalid-input', { field: 'gitPath' })
}
