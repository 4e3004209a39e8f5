import { Failure } from '../../src-preload/contract/outcome'
import { createRecentCount } from '../recent-count'

/**
 * Opens a page in the person's browser: https to any host, plain http to this computer only (a forge on loopback).
 * No other scheme, no credentials, no control characters, at most 8 kB, so that a link can never start a program. No more
 * than a person opens, so that the browser is not flooded.
 * @param now Unix ms
 * @throws Failure `invalid-input`, `consent-withheld`
 */
export const createOpenPage = (openExternal: (url: string) => Promise<void>, now: () => number) => {
  const opened = createRecentCount(now)
  return async (address: string): Promise<void> => {
    const page = checkedPage(address)
    if (opened.count() >= mostPages) throw new Failure('consent-withheld', { why: 'pages' })
    opened.add()
    await openExternal(page)
  }
}

/** Pages that may be opened in a minute. */
const mostPages = 20

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The address as it is safe to open. */
export const checkedPage = (address: string): string => {
  const refuse = () => new Failure('invalid-input', { field: 'url' })
  if (address.length > 8192 || /[\x00-\x20\x7f]/.test(address)) throw refuse()
  let url: URL
  try {
    url = new URL(address)
  } catch {
    throw refuse()
  }
  const plain = url.protocol === 'http:' && loopback.has(url.hostname)
  if ((url.protocol !== 'https:' && !plain) || url.username !== '' || url.password !== '') throw refuse()
  return url.href
}
