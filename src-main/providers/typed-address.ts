import { Failure } from '../../src-preload/contract/outcome'
import { isLoopback } from '../network/loopback'
import type { ProviderClient, RemoteRepository, RepositoryPage } from './provider'

/** The base address that a host names itself by in its links, and the one at which it was connected. Neither ends in a slash. */
export interface TwoAddresses {
  readonly named: string
  readonly typed: string
}

/** A link below the one base as the same link below the other; any other link stays as it is. */
const moved = (address: string, { named, typed }: TwoAddresses): string =>
  address.startsWith(`${named}/`) ? typed + address.slice(named.length) : address

/** An SSH address at the one host name as the same at the other; its port and path are the server's own. */
const movedSsh = (address: string, { named, typed }: TwoAddresses): string => {
  const [from, to] = [new URL(named).hostname, new URL(typed).hostname]
  // Servers reach the repository by this, too, and this computer's own name is another computer there.
  if (isLoopback(to)) return address
  const [, before = '', host, after = ''] = /^((?:ssh:\/\/)?(?:[^@/]+@)?)(\[[^\]]+\]|[^:/]+)(.*)$/.exec(address) ?? []
  return host?.toLowerCase() === from ? before + to + after : address
}

/** A repository whose own links lead to the address at which its host was connected. */
export const atTypedAddress = <R extends RemoteRepository>(repository: R, addresses: TwoAddresses): R => ({
  ...repository,
  httpsUrl: moved(repository.httpsUrl, addresses),
  webUrl: moved(repository.webUrl, addresses),
  sshUrl: repository.sshUrl === null ? null : movedSsh(repository.sshUrl, addresses),
})

/** The same client, whose repositories are reached at the address that was typed. */
export const withTypedAddress = (client: ProviderClient, addresses: TwoAddresses): ProviderClient => ({
  ...client,
  repositories: async function* (options): AsyncGenerator<RepositoryPage> {
    for await (const page of client.repositories(options)) {
      yield 'rows' in page ? { ...page, rows: page.rows.map((row) => atTypedAddress(row, addresses)) } : page
    }
  },
  repository: async (id, signal) => atTypedAddress(await client.repository(id, signal), addresses),
  findRepository: async (path, signal) => {
    const found = await client.findRepository(path, signal)
    return found === null ? null : atTypedAddress(found, addresses)
  },
})

/** The base that a repository's links have in common, or null when they have none. */
const baseOf = ({ path, webUrl, httpsUrl }: RemoteRepository): string | null => {
  const base = webUrl.endsWith(`/${path}`) ? webUrl.slice(0, -path.length - 1) : null
  return base !== null && httpsUrl === `${base}/${path}.git` ? base : null
}

/**
 * The one base address by which a host names all of its repositories.
 * @throws Failure `not-found` when it has none to look at, `bad-answer` when its links lead to several places
 */
export const namedBase = async (client: ProviderClient, signal?: AbortSignal): Promise<string> => {
  const bases = new Set<string | null>()
  const listing = client.repositories({ known: [], onPartial: () => undefined, ...(signal && { signal }) })
  for await (const page of listing) {
    if ('rows' in page) for (const row of page.rows) bases.add(baseOf(row))
    break
  }
  const [base, ...others] = bases
  if (base === undefined) throw new Failure('not-found', { what: 'repository' })
  if (base === null || others.length > 0) throw new Failure('bad-answer', { why: 'link' })
  return base
}
