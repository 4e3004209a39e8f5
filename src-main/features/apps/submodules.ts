import type { Preflight } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import { type CloneAddress, parseAddress } from '../../git/address'
import type { SshAddress } from './app-source'

/** A submodule as the repository names it, and where its repository is. */
export interface Submodule {
  readonly path: string
  /** Null when the address is none that git may be given. */
  readonly address: CloneAddress | null
}

/** Host and path that an address of the same host stands for, whichever way it is written. */
export const repositoryPath = (address: CloneAddress): string => address.path.replace(/^\//, '').replace(/\.git$/, '')

/**
 * Resolves `../other.git` against the address of the repository itself (gitmodules(5), `submodule.<name>.url`). Null for
 * one that goes up beyond the host's own paths, or up again after a name.
 */
const resolveRelative = (url: string, from: SshAddress): string | null => {
  const parts = repositoryPath(from).split('/')
  const rest = url.split('/')
  while (rest[0] === '..' || rest[0] === '.') {
    if (rest.shift() === '..' && parts.pop() === undefined) return null
  }
  if (rest.includes('..')) return null
  const port = from.port === null ? '' : `:${from.port}`
  return `ssh://${from.user}@${from.host}${port}/${[...parts, ...rest].join('/')}`
}

/** A path that stays where it says: no option, no way up, no `.git`, nothing that ends a field or a line. */
const isPlainPath = (path: string): boolean =>
  !/^-|[\x00-\x1f\x7f\\]/.test(path) &&
  path.split('/').every((part) => !/^(?:\.{0,2}|\.git[. ]*(?::.*)?|git~1[. ]*)$/i.test(part))

/** git keeps a submodule's repository in a folder of this name (git-fsck(1), "gitmodulesName"). */
const isPlainName = (name: string): boolean => name !== '' && !name.split(/[/\\]/).includes('..')

/** Paths with their addresses. Line by line, since a pattern across lines takes the square of a text of empty ones. */
const readSections = (text: string): ReadonlyMap<string, string> => {
  const urls = new Map<string, string>()
  let path = ''
  let url = ''
  let counts = false
  const end = () => {
    if (counts && path !== '') urls.set(path, url)
    path = ''
    url = ''
  }
  for (const line of text.split('\n').map((line) => line.trim())) {
    if (line.startsWith('[')) {
      end()
      const name = /^\[submodule[ \t]{1,100}"((?:[^"\\]|\\.)*)"[ \t]{0,100}\]/i.exec(line)?.[1]
      counts = name !== undefined && isPlainName(name)
      continue
    }
    const equals = line.indexOf('=')
    const key = equals < 0 ? '' : line.slice(0, equals).trim().toLowerCase()
    const value = line.slice(equals + 1).trim()
    const plain = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value
    // git takes the last one too (git-config(1)).
    if (key === 'path') path = plain
    if (key === 'url') url = plain
  }
  end()
  return urls
}

/** Reads .gitmodules, of which only `path` and `url` count. @param links paths that the commit really holds as submodules */
export const readSubmodules = (text: string, links: readonly string[], from: SshAddress): readonly Submodule[] => {
  const urls = readSections(text)
  return links.map((path) => {
    const url = isPlainPath(path) ? (urls.get(path) ?? '') : ''
    const parsed = parseAddress(/^\.\.?\//.test(url) ? (resolveRelative(url, from) ?? '') : url)
    return { path, address: parsed.ok ? parsed.address : null }
  })
}

/** For the window: which host each is on, and whether it is the one of this account. */
export const shownSubmodules = (modules: readonly Submodule[], from: SshAddress): Preflight['submodules'] =>
  modules.map(({ path, address }) => ({
    path,
    host: address?.host ?? '',
    sameAccount: address !== null && address.host === from.host,
  }))

/** @throws Failure `submodule-refused` for one that a key of this account's host can't open */
export const requireSameHost = ({ path, address }: Submodule, from: SshAddress): CloneAddress => {
  if (address === null || address.host !== from.host) {
    throw new Failure('submodule-refused', { path, host: address?.host ?? '' })
  }
  return address
}
