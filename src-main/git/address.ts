import { Failure } from '../../src-preload/contract/outcome'
import { isLoopback } from '../network/loopback'
import { readHostPort } from './host-port'
import { readPage } from './page-address'

/** An address that git may be given: it holds no credential, no option and no character that anything on the way expands. */
export type CloneAddress =
  | {
      readonly kind: 'https'
      /** Canonical text, e.g. `https://example.com/group/project.git`. */
      readonly url: string
      /** Lower-case name, IPv4 address or IPv6 address in brackets. */
      readonly host: string
      /** Null for the usual one. */
      readonly port: number | null
      /** Without the leading slash, percent-encoded. */
      readonly path: string
      /** Plain HTTP, which only this computer's own addresses may use. */
      readonly insecure: boolean
    }
  | {
      readonly kind: 'ssh'
      /** `ssh://user@host[:port]/path`, or `user@host:path` where the path is relative to the home folder (gitrepository-layout). */
      readonly url: string
      readonly user: string
      readonly host: string
      readonly port: number | null
      readonly path: string
      readonly insecure: false
    }

/** Why an address is refused. */
export type AddressReason =
  | 'empty'
  | 'too-long'
  | 'control-characters'
  | 'option'
  | 'local-path'
  | 'scheme'
  | 'scheme-missing'
  | 'plain-http'
  | 'credentials'
  | 'user-missing'
  | 'user-invalid'
  | 'host-invalid'
  | 'lookalike-host'
  | 'port-invalid'
  | 'path-missing'
  | 'path-invalid'
  | 'percent'
  | 'query'
  | 'page'

/** The address, or why not and what was probably meant: `corrected` is an address that would be taken. */
export type ParsedAddress =
  | { readonly ok: true; readonly address: CloneAddress }
  | {
      readonly ok: false
      readonly reason: AddressReason
      readonly corrected: string | null
      /** The branch that a page in a browser names. */
      readonly branch?: string
    }

const limit = 2048
/** A correction is offered only if it would be taken, which also means that it repeats no credential. */
const refuse = (reason: AddressReason, meant: string | null = null): ParsedAddress => {
  const again = meant === null ? null : parseAddress(meant.replace(/[?#].*$/s, ''))
  const branch = again?.ok === false ? again.branch : undefined
  return {
    ok: false,
    reason,
    corrected: again === null ? null : again.ok ? again.address.url : again.corrected,
    ...(branch !== undefined && { branch }),
  }
}

/** C0, DEL, C1, line separators and the invisible characters that reorder or hide text (Unicode category Cf). */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|%(?:[01][0-9a-f]|7f)/iu

/** Without what stands around an address where it is copied from: a command, quotes, a link of Markdown. */
const unwrapped = (text: string): string => {
  const [, link] = /^\[[^\]]*\]\(([^\s()]+)\)$/.exec(text) ?? []
  const words = /^(?:\$ *)?git +(?:clone|remote +add) /.test(text) ? text.split(/ +/) : []
  const operand = words.find((word) => /[:/]/.test(word) && !word.startsWith('-'))
  return (link ?? operand ?? text).replace(/^(["'`])(.*)\1$|^<(.*)>$/s, '$2$3')
}

/**
 * Reads a clone address: `https://`, `ssh://` or `user@host:path` (git-clone, "GIT URLS"). Anything else is refused
 * before git sees it; `http://` is taken for loopback hosts only, where self-hosted forges are tried out.
 */
export const parseAddress = (input: string): ParsedAddress => {
  const text = unwrapped(input.trim())
  if (text === '') return refuse('empty')
  if (text.length > limit) return refuse('too-long')
  if (unprintable.test(text)) return refuse('control-characters')
  if (text.startsWith('-')) return refuse('option')
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text)
  if (scheme) return parseUrl((scheme[1] ?? '').toLowerCase(), scheme[2] ?? '')
  if (/^[a-z][a-z0-9+.-]*::/i.test(text)) return refuse('scheme')
  const slashes = /^(https?|ssh)(?::\/?|\/\/)([^/:].*)$/i.exec(text)
  if (slashes) return refuse('scheme-missing', `${slashes[1]}://${slashes[2]}`)
  if (/^(?:[./~\\]|[a-z]:(?:[\\/]|$))/i.test(text)) return refuse('local-path')
  return parseShort(text)
}

const parseUrl = (scheme: string, rest: string): ParsedAddress => {
  const [, authority = '', tail = ''] = /^([^/?#\\]*)(.*)$/s.exec(rest) ?? []
  const at = authority.lastIndexOf('@')
  const place = authority.slice(at + 1)
  const login = at < 0 ? null : authority.slice(0, at)
  const say = (as: string, login = '') => `${as}://${login}${place}${tail}`
  if (scheme === 'git' || scheme === 'http+git') return refuse('scheme', say('https'))
  if (scheme === 'git+ssh' || scheme === 'ssh+git') return refuse('scheme', say('ssh', 'git@'))
  if (scheme === 'git+https' || scheme === 'git+http') return refuse('scheme', say('https'))
  if (scheme !== 'https' && scheme !== 'http' && scheme !== 'ssh') return refuse('scheme')

  // `host:owner/name` and `host:22:owner/name` in an address with a scheme: the short form's colon was kept.
  const [, keptHost, keptPort = '', kept] = /^(\[[^\]]*\]|[^:[]*)(:\d*)?:([^\d:\]][^:\]]*)$/.exec(place) ?? []
  if (kept !== undefined)
    return refuse(
      'port-invalid',
      `${scheme}://${scheme === 'ssh' ? `${user(login) ?? 'git'}@` : ''}${keptHost}${keptPort}/${kept}${tail}`,
    )
  const hostPort = readHostPort(place)
  if ('reason' in hostPort) {
    return refuse(hostPort.reason, hostPort.host === undefined ? null : `${scheme}://${hostPort.host}${tail}`)
  }
  const { host, port } = hostPort
  if (scheme !== 'ssh' && login !== null) return refuse('credentials', say(scheme))
  if (/[?#]/.test(tail)) return refuse('query', say(scheme, scheme === 'ssh' ? 'git@' : ''))
  const page = scheme === 'ssh' ? null : readPage(host, tail)
  if (page !== null)
    return {
      ...refuse('page', `${scheme}://${place}/${page.repository}`),
      ...(page.branch !== null && { branch: page.branch }),
    }
  const path = readPath(tail.replace(/^\//, ''))
  if (typeof path !== 'string') return path

  if (scheme === 'ssh') {
    if (login === null || login === '') return refuse('user-missing', say('ssh', 'git@'))
    const plain = login.replaceAll(/%40/gi, '@')
    const name = user(plain)
    if (login.includes(':')) return refuse('credentials', name === null ? null : say('ssh', `${name}@`))
    if (name === null) return refuse(login.startsWith('-') ? 'option' : 'user-invalid')
    const usual = port === 22 ? null : port
    const url = `ssh://${name}@${host}${usual === null ? '' : `:${usual}`}/${path}`
    return { ok: true, address: { kind: 'ssh', url, user: name, host, port: usual, path, insecure: false } }
  }
  const insecure = scheme === 'http'
  if (insecure && !isLoopback(host)) return refuse('plain-http', say('https'))
  const usual = port === (insecure ? 80 : 443) ? null : port
  const encoded = encodeURI(path).replaceAll('%25', '%')
  const url = `${scheme}://${host}${usual === null ? '' : `:${usual}`}/${encoded}`
  return { ok: true, address: { kind: 'https', url, host, port: usual, path: encoded, insecure } }
}

/** `user@host:path`, and what people type instead of an address. */
const parseShort = (text: string): ParsedAddress => {
  const match = /^(?:([^@/]*|[^:/]*)@)?(\[[^\]/]*\]|[^:/@]*):(.*)$/s.exec(text)
  if (!match) {
    const bare = /^[^@/\s]+\.[^@/\s]+\/\S/.test(text)
    const [, login, below] = /^([^/:\s]+@[^/:@\s]+)\/(.+)$/.exec(text) ?? []
    return refuse('scheme-missing', bare ? `https://${text}` : login === undefined ? null : `${login}:${below}`)
  }
  const [, login, place = '', rest = ''] = match
  const hostPort = readHostPort(place)
  const name = (login ?? '').split(':')[0] ?? ''
  const say = (host: string) => (isUser(name) ? `${name}@${host}:${rest}` : null)
  if ('reason' in hostPort) return refuse(hostPort.reason, hostPort.host === undefined ? null : say(hostPort.host))
  const { host } = hostPort
  // A number after the colon is a port in every other kind of address; with a user before it git takes it for a folder.
  const [, port, colon, below] = /^(\d{1,5})([:/])(.+)$/.exec(rest) ?? []
  if (port !== undefined && (colon === ':' || login === undefined || login === ''))
    return refuse(
      colon === ':' ? 'port-invalid' : 'user-missing',
      `ssh://${isUser(name) ? name : 'git'}@${host}:${port}/${below}`,
    )
  if (login === undefined || login === '') return refuse('user-missing', `git@${host}:${rest}`)
  // An `@` after the colon: what stands before it may well be a password, and the host would be another.
  if (/^[^/]*@/.test(rest)) return refuse('credentials')
  if (login.includes(':')) return refuse('credentials', say(host))
  if (!isUser(name)) return refuse(name.startsWith('-') ? 'option' : 'user-invalid')
  if (/[?#]/.test(rest)) return refuse('query', say(host))
  const absolute = rest.startsWith('/')
  const path = readPath(absolute ? rest.slice(1) : rest)
  if (typeof path !== 'string') return path
  const full = absolute ? `/${path}` : path
  return {
    ok: true,
    address: { kind: 'ssh', url: `${name}@${host}:${full}`, user: name, host, port: null, path: full, insecure: false },
  }
}

/** ssh expands `%` tokens in user names, and a leading dash would make one an option. */
const isUser = (user: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9_.+@-]{0,127}$/.test(user) && !user.endsWith('@')

/** The user in a login, or null where it is none. */
const user = (login: string | null): string | null => {
  const name = login?.split(':')[0] ?? ''
  return isUser(name) ? name : null
}

/** The path without slashes at its end, or why it can't be one. A remote shell and an HTTP server both read it. */
const readPath = (text: string): string | ParsedAddress => {
  const path = text.replace(/\/+$/, '')
  if (path.replaceAll('/', '') === '') return refuse('path-missing')
  if (path.startsWith('-')) return refuse('option')
  // Encoded separators and percent signs would be read differently by each program on the way.
  if (/%(?![2-9a-f][0-9a-f])|%(?:2[ef5]|5c)/i.test(path)) return refuse('percent')
  const allowed = /^[\p{L}\p{N}\p{M}._~+@=,:()!&%/-]+$/u
  const strange = !allowed.test(path) || path.split('/').some((part) => part === '' || part === '.' || part === '..')
  return strange ? refuse('path-invalid') : path
}

/** The address, or `Failure('address-refused', { reason, corrected? })`. */
export const requireAddress = (input: string): CloneAddress => {
  const parsed = parseAddress(input)
  if (parsed.ok) return parsed.address
  const { reason, corrected, branch } = parsed
  throw new Failure('address-refused', {
    reason,
    ...(branch !== undefined && { branch: branch.slice(0, 255) }),
    ...(corrected === null ? {} : { corrected: corrected.slice(0, 500) }),
  })
}

/** Where a credential for this address may go: scheme, host and port, e.g. `https://example.com:8443` or `ssh://host:22`. */
export const originOf = (address: CloneAddress): string => {
  const port = address.port === null ? '' : `:${address.port}`
  return `${address.kind === 'ssh' ? 'ssh' : address.insecure ? 'http' : 'https'}://${address.host}${port}`
}

/** Host as people know it, with the port where it is not the usual one. */
export const hostOf = ({ host, port }: CloneAddress): string => (port === null ? host : `${host}:${port}`)

/** The page of the repository in a browser, as the forges lay it out: same host, path without `.git`. */
export const webUrlOf = (address: CloneAddress): string => {
  const path = address.path.replace(/^\//, '').replace(/\.git$/, '')
  return address.kind === 'ssh'
    ? `https://${address.host}/${encodeURI(path).replaceAll('%25', '%')}`
    : `${originOf(address)}/${path}`
}
