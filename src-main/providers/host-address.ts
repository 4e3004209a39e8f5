import { isLoopback } from '../network/loopback'

/** What an address says, whatever form it was typed or pasted in. */
export interface HostAddress {
  /** `https://host[:port]`; http on this computer only. */
  readonly origin: string
  readonly hostname: string
  /** Names of the path, decoded, without `.git`. */
  readonly names: readonly string[]
  /** It was a clone address. */
  readonly clone: boolean
  /** `ssh://host[:port]` when it was an SSH address. */
  readonly ssh: string | null
}

/** `user@host:path`, as git and scp write it; a number after the colon is a port instead. */
const scpForm = /^(?:[\w.+@-]+@)?([a-z0-9_.-]+|\[[0-9a-f:]+\]):(?!\/\/|\d+(?:\/|$))(.+)$/i

const namesOf = (path: string): readonly string[] =>
  path
    .replace(/\.git\/?$/, '')
    .split('/')
    .filter((name) => name !== '')
    .map((name) => {
      try {
        return decodeURIComponent(name)
      } catch {
        return name
      }
    })

const parseUrl = (address: string): URL | null => {
  try {
    return new URL(address)
  } catch {
    return null
  }
}

const secureOrigin = (hostname: string, port: string, secure: boolean): string => {
  const scheme = !secure && isLoopback(hostname) ? 'http' : 'https'
  return parseUrl(`${scheme}://${hostname}${port === '' ? '' : `:${port}`}`)?.origin ?? ''
}

const fromSsh = (hostname: string, port: string, path: string): HostAddress | null => {
  const host = parseUrl(`https://${hostname}`)?.hostname ?? ''
  if (host === '') return null
  return {
    origin: secureOrigin(host, '', true),
    hostname: host,
    names: namesOf(path),
    clone: true,
    ssh: `ssh://${host}${port === '' || port === '22' ? '' : `:${port}`}`,
  }
}

/**
 * Reads a host or any address at it: with or without a scheme, a page, or a clone address for https or ssh. Credentials
 * in it are dropped. http is kept for this computer only and becomes https elsewhere. Null when it is no address.
 */
export const parseHostAddress = (text: string): HostAddress | null => {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 2_048 || /[\s\x00-\x1f\x7f\\]/.test(trimmed)) return null

  const [, scpHost, scpPath] = scpForm.exec(trimmed) ?? []
  if (scpHost !== undefined && scpPath !== undefined) return fromSsh(scpHost, '', scpPath)

  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase()
  if (scheme !== undefined && /^(ssh|git\+ssh|ssh\+git)$/.test(scheme)) {
    const url = parseUrl(trimmed.replace(/^[^:]+/, 'ssh'))
    return url === null ? null : fromSsh(url.hostname, url.port, url.pathname)
  }
  if (scheme !== undefined && !/^(https?|git)$/.test(scheme)) return null
  const url = parseUrl(scheme === undefined ? `http://${trimmed}` : trimmed.replace(/^git:/i, 'http:'))
  if (url === null || url.hostname === '') return null
  return {
    origin: secureOrigin(url.hostname, url.port, url.protocol === 'https:'),
    hostname: url.hostname,
    names: namesOf(url.pathname),
    clone: /\.git\/?$/.test(url.pathname),
    ssh: null,
  }
}

/**
 * The base address of a host as the app keeps it, `https://host[:port][/path]` without a trailing slash, or null when it
 * is none. Safe to build requests from.
 */
export const baseAddress = (text: string): string | null => {
  const address = parseHostAddress(text)
  if (address === null || address.ssh !== null || address.names.some((name) => /^\.{1,2}$/.test(name))) return null
  return [address.origin, ...address.names.map(encodeURIComponent)].join('/')
}
