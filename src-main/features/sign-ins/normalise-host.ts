import { Failure } from '../../../src-preload/contract/outcome'
import { isLoopback } from '../../network/loopback'

/** `git@host:path`, the form of a clone address that is no URL (git-clone documentation, "Git URLs"). */
const scpLike = /^(?:[^\s@/:]+@)([^\s@/:]+):(?!\/\/)/

/** Ends of addresses that people copy from a browser or a clone dialog: what comes before them is the host's base. */
const pages = /\/(?:-|users\/sign_in|user\/login|login|explore|dashboard|info\/refs)(?:\/.*)?$/

/**
 * What a person typed or pasted as a host, as a base address `https://host[:port][/path]` in lower case. Clone addresses
 * are cut down to their host, credentials in them are dropped, https is added. A plain path stays, as a forge may live under
 * one, except on a host that is known to live at its root.
 * @param atRoot host names that are known to live at their root
 * @throws Failure `address-refused` with the fact `reason`: `host-invalid`, `scheme` or `plain-http`
 */
export const normaliseHost = (typed: string, atRoot: readonly string[] = []): string => {
  const text = typed.trim().replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
  const url = parse(text)
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) refuse('plain-http')
  const hostname = url.hostname.replace(/\.$/, '')
  if (hostname.endsWith('.') || !/^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.|$))+$|^\[[0-9a-f:.]+\]$/.test(hostname))
    refuse('host-invalid')
  const port = url.port === '' ? '' : `:${url.port}`
  return `${url.protocol}//${hostname}${port}${atRoot.includes(hostname) ? '' : basePath(url.pathname)}`
}

const refuse = (reason: 'host-invalid' | 'scheme' | 'plain-http'): never => {
  throw new Failure('address-refused', { reason })
}

const parse = (text: string): URL => {
  if (text === '' || text.length > 2048 || /[\x00-\x20\x7f\\]/.test(text)) return refuse('host-invalid')
  const [, scpHost] = scpLike.exec(text) ?? []
  if (scpHost !== undefined) return toUrl(`https://${scpHost}`)
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? []
  if (scheme === undefined) return toUrl(`https://${text}`)
  switch (scheme.toLowerCase()) {
    case 'https':
    case 'http':
      return toUrl(text)
    case 'ssh':
    case 'git+ssh':
      // The port is ssh's own and says nothing about the web.
      return toUrl(`https://${toUrl(text.replace(/^[^:]+/, 'https')).hostname}`)
    default:
      return refuse('scheme')
  }
}

const toUrl = (text: string): URL => {
  try {
    return new URL(text)
  } catch {
    return refuse('host-invalid')
  }
}

const basePath = (path: string): string => {
  if (/\.git(?:\/.*)?$/.test(path)) return ''
  const base = path.replace(pages, '').replace(/\/+$/, '')
  return /^(?:\/[\w.~-]+)*$/.test(base) ? base : ''
}
