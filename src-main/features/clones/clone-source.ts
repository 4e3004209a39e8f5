import type { InferOutput } from 'valibot'
import type { CloneSource } from '../../../src-preload/contract/clones'
import type { Repository } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { type CloneAddress, originOf, parseAddress, requireAddress } from '../../git/address'
import type { GitTarget } from '../../git/transport'
import { isLoopback } from '../../network/loopback'
import type { ClonePorts, OpenedSsh } from './ports'

/** What is cloned: the address, whose login it is, and the listed repository if it is one. */
export interface Source {
  readonly accountId: string
  readonly address: CloneAddress
  readonly repository: Repository | null
  /** The SSH key that a person chose, or null. */
  readonly keyId: string | null
}

/** Reads what the window asked for. Rejects with `address-refused`, `foreign-link-refused` or `not-found` before anything starts. */
export const readSource = async (
  ports: Pick<ClonePorts, 'access' | 'repository'>,
  source: InferOutput<typeof CloneSource>,
): Promise<Source> => {
  if (source.kind === 'ssh-address') {
    const address = requireAddress(source.address)
    // An SSH account has a key and no password, so it can go no other way.
    if (address.kind !== 'ssh') throw new Failure('address-refused', { reason: 'scheme' })
    const { kind, host } = ports.access.record(source.accountId)
    // The key of one host is nothing that another should learn of.
    if (kind === 'ssh' && host !== originOf(address)) {
      throw new Failure('address-refused', { reason: 'other-host', host })
    }
    return { accountId: source.accountId, address, repository: null, keyId: null }
  }
  const repository = await ports.repository(source.accountId, source.id)
  const url = source.transport === 'ssh' ? repository.sshUrl : repository.httpsUrl
  if (url === null) throw new Failure('address-refused', { reason: 'empty' })
  const parsed = parseAddress(url)
  // A host that names itself by an address without encryption may still be used at the one that was typed.
  if (!parsed.ok && parsed.reason === 'plain-http') {
    const { host } = ports.access.record(source.accountId)
    throw new Failure('foreign-link-refused', { host, to: new URL(url).origin, account: source.accountId })
  }
  return { accountId: source.accountId, address: requireAddress(url), repository, keyId: source.keyId ?? null }
}

/** The way to a source for one run of git. `close` takes away what it needed. */
export interface OpenedTarget {
  readonly target: GitTarget
  readonly close: () => Promise<void>
  readonly explain?: OpenedSsh['explain']
}

/** What it takes to get there. */
export type OpeningPorts = Pick<ClonePorts, 'ssh' | 'network'> & {
  readonly access: Pick<ClonePorts['access'], 'gitCredential'>
}

/** Gets the login, the proxy and the trusted certificate for a source. */
export const openTarget = async (
  ports: OpeningPorts,
  { accountId, address, repository, keyId }: Source,
): Promise<OpenedTarget> => {
  if (address.kind === 'ssh') {
    const wanted = { accountId, repositoryId: repository?.id ?? null, keyId }
    const { transport, close, explain } = await ports.ssh(wanted, address)
    return { target: { address, transport }, close, explain }
  }
  const { host, port, insecure, url } = address
  const [credential, caFile, proxy] = await Promise.all([
    ports.access.gitCredential(accountId),
    insecure ? null : ports.network.caFile(`${host}:${port ?? 443}`),
    isLoopback(host) ? null : ports.network.proxy(url),
  ])
  const proxyLogin = proxy === null ? null : ((await ports.network.proxyLogin?.(proxy)) ?? null)
  return {
    target: {
      address,
      transport: {
        kind: 'https',
        credential,
        ...(caFile === null ? {} : { caFile }),
        ...(proxy === null ? {} : { proxy }),
        ...(proxyLogin === null ? {} : { proxyLogin }),
      },
    },
    close: async () => undefined,
  }
}
