import type { ServerKey } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'
import type { Store } from '../../storage/store'
import type { AccountAccess } from '../accounts/account-access'
import type { HostKeyBook } from '../host-keys/host-key-book'
import type { HostLook } from '../host-keys/look-at-host'
import type { ServerAccess } from '../servers/create-servers'
import { keyName } from './app-settings'
import { placeKey, type ResolvedSource, type SshAddress, shownKey } from './app-source'
import type { AppModule, AppRecord, AppsDocument, PreparedKey } from './apps-document'
import type { Removals } from './removals'
import { repositoryPath, requireSameHost, type Submodule } from './submodules'

/** Keys that nothing came of are taken away after this long, in ms. */
const preparedLife = 86_400_000

export interface AppKeyParts {
  readonly store: Store<AppsDocument>
  readonly access: Pick<AccountAccess, 'open' | 'record'>
  readonly servers: Pick<ServerAccess, 'run' | 'get' | 'place'>
  readonly hosts: Pick<HostLook, 'require'>
  readonly book: Pick<HostKeyBook, 'linesFor'>
  readonly removals: Pick<Removals, 'one'>
  readonly clock: Pick<Clock, 'now'>
}

/** A key on a server, and where it was put. */
export interface MadeKey {
  readonly key: string
  readonly serverKey: ServerKey
  readonly placed: AppRecord['placed']
}

/** Keys by which servers read repositories. */
export interface AppKeys {
  /** known_hosts lines for a git host. @throws Failure `host-key-unknown` with what there is to compare */
  hostLines(address: SshAddress, signal?: AbortSignal): Promise<string>
  /** Makes the key on the server, or finds it, and puts its public half on the repository. */
  make(serverId: string, folder: string, resolved: ResolvedSource, hosts: string): Promise<MadeKey>
  /** The same for each submodule, with the access of the same account. @throws Failure `submodule-refused` */
  modules(
    serverId: string,
    folder: string,
    resolved: ResolvedSource,
    hosts: string,
    modules: readonly Submodule[],
  ): Promise<readonly AppModule[]>
  /** Remembers a key of an app that is not saved yet. */
  prepared(serverId: string, made: MadeKey): Promise<void>
  /** It belongs to an app now. */
  taken(key: string): Promise<void>
  /** Takes away keys that nothing came of. */
  sweep(): Promise<void>
}

export const createAppKeys = (parts: AppKeyParts): AppKeys => {
  const { store, access, servers, clock } = parts

  const titleFor = (serverId: string): string => `CloudAIPilot: ${servers.get(serverId).name}`.slice(0, 100)
  const onServer = async (serverId: string, key: string, hosts: string): Promise<string> => {
    const answer = await servers.run(serverId, (pilot) =>
      pilot.call('make-key', [
        ['key', key],
        ['hosts', hosts],
      ]),
    )
    return answer.get('public')
  }
  const drop = async ({ key, serverId, placed, serverKey }: PreparedKey): Promise<boolean> => {
    const shows = [{ what: 'deploy-key' as const, name: serverKey.fingerprint }]
    if (placed !== null) {
      const { accountId, repository, id } = placed
      const steps = await parts.removals.one({ shows, action: { kind: 'deploy-key', accountId, repository, id } })
      if (steps.some(({ outcome }) => outcome === 'queued')) return false
    }
    try {
      await servers.run(serverId, (pilot) => pilot.call('remove-key', [['key', key]]))
      return true
    } catch (error) {
      // With its server the key is out of reach for good; without the network it is only for now.
      return error instanceof Failure && error.code === 'not-found'
    }
  }

  return {
    hostLines: async ({ host, port }, signal = AbortSignal.timeout(20_000)) => {
      const number = port ?? 22
      const known = parts.book.linesFor(host, number)
      if (known !== '') return known
      await parts.hosts.require(host, number, signal)
      return parts.book.linesFor(host, number)
    },
    make: async (serverId, folder, resolved, hosts) => {
      const { source, host } = resolved
      const key = keyName(folder, host, source.repositoryId ?? source.sshUrl)
      const publicKey = await onServer(serverId, key, hosts)
      const placed = await placeKey(access, source, { title: titleFor(serverId), publicKey })
      return { key, placed, serverKey: shownKey(publicKey, placed === null ? 'by-hand' : 'provider') }
    },
    modules: async (serverId, folder, resolved, hosts, modules) => {
      const made: AppModule[] = []
      for (const module of modules) {
        const path = repositoryPath(requireSameHost(module, resolved.address))
        const { accountId } = resolved.source
        const repository =
          resolved.repository === null ? null : await access.open(accountId).client.findRepository(path)
        if (repository === null || repository.sshUrl === null) {
          throw new Failure('submodule-refused', { path: module.path, host: resolved.address.host })
        }
        const key = keyName(folder, resolved.host, repository.id)
        const publicKey = await onServer(serverId, key, hosts)
        const source = { accountId, repositoryId: repository.id, path: repository.path }
        const placed = await placeKey(access, source, { title: titleFor(serverId), publicKey })
        made.push({ path: module.path, sshUrl: repository.sshUrl, key, placed })
      }
      return made
    },
    prepared: async (serverId, { key, serverKey, placed }) => {
      if (store.read().apps.some((app) => app.key === key)) return
      const entry = { key, serverId, placed, serverKey, at: clock.now() }
      await store.update((document) => ({
        ...document,
        prepared: [...document.prepared.filter((other) => other.key !== key), entry],
      }))
    },
    taken: async (key) => {
      await store.update((document) => ({
        ...document,
        prepared: document.prepared.filter((other) => other.key !== key),
      }))
    },
    sweep: async () => {
      for (const entry of store.read().prepared.filter(({ at }) => clock.now() - at > preparedLife)) {
        if (!(await drop(entry))) continue
        await store.update((document) => ({
          ...document,
          prepared: document.prepared.filter(({ key }) => key !== entry.key),
        }))
      }
    },
  }
}
