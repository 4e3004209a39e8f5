import { Failure } from '../../../src-preload/contract/outcome'
import { parseAddress } from '../../git/address'
import { plainName, repositoryIn } from '../../providers/detect-host'
import { type HostAddress, parseHostAddress } from '../../providers/host-address'
import { pathNames } from '../../providers/repository-path'

/** A repository as a person names it: by its path alone, or by an address that holds it. */
export interface Question {
  /** Null when only a path was given, e.g. `owner/name`. */
  readonly place: HostAddress | null
  /** Names of the path, those of a forge that lies below a path included. */
  readonly names: readonly string[]
}

/** Where somebody is connected. */
export interface Connected {
  /** Base address, `https://host[:port][/path]` or `ssh://host[:port]`. */
  readonly host: string
}

/** `owner/name` without scheme, user or port. Names of groups may hold dots; a host's name mostly does. */
const isPath = (text: string, connected: readonly Connected[]): boolean => {
  if (/[:@\s\\]/.test(text)) return false
  const names = text.replace(/^\/+|\/+$/g, '').split('/')
  const [first = ''] = names
  const known = connected.some(({ host }) => new URL(host).hostname === first.toLowerCase())
  return !known && first !== 'localhost' && (!first.includes('.') || names.length < 3)
}

const refused = (reason: string): Failure => new Failure('address-refused', { reason })

/**
 * Reads what was pasted: a path, a page of the repository, or a clone address.
 * @throws Failure `address-refused` with the `reason`
 */
export const readQuestion = (text: string, connected: readonly Connected[]): Question => {
  const trimmed = text.trim()
  if (isPath(trimmed, connected)) {
    const names = pathNames(trimmed)
    if (names === null) throw refused(trimmed.includes('/') ? 'path-invalid' : 'path-missing')
    return { place: null, names }
  }
  const place = parseHostAddress(trimmed)
  if (place === null) {
    const parsed = parseAddress(trimmed)
    throw refused(parsed.ok ? 'host-invalid' : parsed.reason)
  }
  if (place.names.length < 2) throw refused('path-missing')
  if (pathNames(place.names.join('/')) === null) throw refused('path-invalid')
  return { place, names: place.names }
}

const namesOf = ({ pathname }: URL): readonly string[] => pathname.split('/').filter((name) => name !== '')

/**
 * The repository's path at a host, or null when the question is about another host.
 * @param kind how the provider at that host builds paths
 */
export const pathAt = (
  { place, names }: Question,
  { host }: Connected,
  kind: { readonly nested?: boolean },
): string | null => {
  if (place === null) return repositoryIn(names, kind)
  const url = new URL(host)
  // An address for SSH says nothing about the port of the web pages.
  const here = place.ssh === null && url.protocol !== 'ssh:' ? url.origin === place.origin : false
  const byName = plainName(place.hostname) === url.hostname && (place.ssh !== null || url.protocol === 'ssh:')
  const plain = plainName(place.hostname) !== place.hostname && plainName(place.hostname) === url.host
  if (!here && !byName && !plain) return null
  const base = namesOf(url)
  const below = base.every((name, at) => names[at] === name)
  // By SSH, a forge below a path has its repositories without it.
  if (!below && place.ssh === null) return null
  return repositoryIn(below ? names.slice(base.length) : names, place.clone ? { nested: true } : kind)
}

/** What the person asked for, in a few words: `owner/name`, or that with its host. */
export const nameOf = ({ place, names }: Question): string =>
  place === null ? names.join('/') : `${place.hostname}/${names.join('/')}`
