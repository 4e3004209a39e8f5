import type { Move } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import type { AccountAccess } from '../accounts/account-access'
import { asData, asFailure } from '../accounts/failure-families'
import type { ServerAccess } from '../servers/create-servers'
import type { AppBook } from './app-book'
import { placeKey, requireSsh, resolveSource } from './app-source'
import type { AppRecord } from './apps-document'

export interface MoveParts {
  readonly book: AppBook
  readonly access: Pick<AccountAccess, 'open' | 'record'>
  readonly servers: Pick<ServerAccess, 'get'>
}

/**
 * Binds an app to another account that sees the same repository: by the same id where it is the same host, else not at
 * all. Its deploy key is put there anew, because some hosts take keys away together with the login that added them.
 */
export const moveApp = async (parts: MoveParts, id: string, accountId: string): Promise<Move> => {
  const app = parts.book.get(id)
  const told = { appId: id, name: app.name }
  try {
    if (app.source.accountId === accountId) return { ...told, moved: true, failure: null }
    await rebind(parts, app, accountId)
    return { ...told, moved: true, failure: null }
  } catch (error) {
    return { ...told, moved: false, failure: asData(asFailure(error)) }
  }
}

const rebind = async ({ book, access, servers }: MoveParts, app: AppRecord, accountId: string): Promise<void> => {
  const target = access.record(accountId)
  const sameInterface = target.kind !== 'ssh' && app.source.repositoryId !== null
  const resolved = await resolveSource(access, {
    accountId,
    repositoryId: sameInterface ? app.source.repositoryId : null,
    address: app.source.sshUrl,
  })
  const [from, to] = [requireSsh(app.source.sshUrl), resolved.address]
  // The id of another host's repository may be the number of a stranger's.
  if (from.host !== to.host) throw new Failure('not-found', { what: 'repository', path: app.source.path })
  const publicKey = app.serverKey?.publicKey ?? ''
  const title = `CloudAIPilot: ${servers.get(app.serverId).name}`.slice(0, 100)
  const old = app.placed
  const removeOld = async () => {
    if (old === null || resolved.source.repositoryId === null) return
    const { deployKeys } = access.open(accountId).client
    await deployKeys?.remove({ id: resolved.source.repositoryId, path: resolved.source.path }, old.id)
  }
  await removeOld()
  try {
    const placed = await placeKey(access, resolved.source, { title, publicKey })
    const by = placed === null ? ('by-hand' as const) : ('provider' as const)
    await book.change(app.id, ({ serverKey }) => ({
      source: resolved.source,
      placed,
      serverKey: serverKey === null ? null : { ...serverKey, placed: by },
    }))
  } catch (error) {
    // Back to where it was, so that the app goes on by its old account.
    if (old !== null) {
      const placed = await placeKey(access, app.source, { title, publicKey })
      await book.change(app.id, () => ({ placed }))
    }
    throw error
  }
}
