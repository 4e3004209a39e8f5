import type { contract } from '../../../src-preload/contract'
import type { BranchPage } from '../../../src-preload/contract/entities/repository'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure, type FailureData } from '../../../src-preload/contract/outcome'
import type { RemoteRepository } from '../../providers/provider'
import type { AccountAccess } from '../accounts/account-access'
import { asData } from '../accounts/failure-families'
import type { FirstView } from './first-view'
import type { Listings } from './listings'
import { listable } from './listings'
import type { RepositoryIndex } from './repository-index'
import { toRepository } from './row'

export interface HandlerParts {
  readonly access: AccountAccess
  readonly index: RepositoryIndex
  readonly listings: Listings
  readonly load: () => Promise<void>
  readonly view: FirstView
  readonly openPage: (url: string) => Promise<void>
  readonly changed: () => void
}

/** The accounts that are listed, each with its host. */
export const places = (access: AccountAccess): readonly string[] =>
  listable(access).map(({ id, host }) => `${id} ${host}`)

/** The repositories' side of the border. */
export const createHandlers = ({
  access,
  index,
  listings,
  load,
  view,
  openPage,
  changed,
}: HandlerParts): Handlers<(typeof contract)['repositories']> => {
  /** Calls the provider and lets the account's state follow. */
  const call = async <T>(accountId: string, ask: () => Promise<T>): Promise<T> => {
    try {
      const answer = await ask()
      access.met(accountId, { ok: true })
      return answer
    } catch (error) {
      access.met(accountId, { ok: false, error })
      throw error
    }
  }

  /** The repository as the provider has it now, by its immutable id. One that is gone leaves the index. */
  const reread = async (accountId: string, id: string): Promise<RemoteRepository> => {
    try {
      const remote = await call(accountId, () => access.open(accountId).client.repository(id))
      index.account(accountId).put(remote)
      changed()
      return remote
    } catch (error) {
      if (error instanceof Failure && error.code === 'not-found') {
        index.account(accountId).remove(id)
        changed()
      }
      throw error
    }
  }

  const branchesOf = async (
    accountId: string,
    repository: Pick<RemoteRepository, 'id' | 'path' | 'defaultBranch'>,
    options: { readonly text: string; readonly cursor: string | null },
  ) => {
    const partial: FailureData[] = []
    const onPartial = (failure: Failure) => void partial.push(asData(failure))
    const { branches, next } = await call(accountId, () =>
      access.open(accountId).client.branches(repository, { ...options, onPartial }),
    )
    return { branches: [...branches], next, ...(partial[0] && { partial: partial[0] }) } satisfies BranchPage
  }

  return {
    query: async (query) => {
      await load()
      const { rows, owners, languages, ...slice } = await index.query(query)
      const answer = {
        ...slice,
        offset: query.offset,
        rows: [...rows],
        owners: [...owners],
        languages: [...languages],
        listings: [...listings.all()],
      }
      view.note(query, places(access), answer)
      return answer
    },
    refresh: async ({ accountId }) => {
      await load()
      const ids = accountId === null ? listable(access).map(({ id }) => id) : [accountId]
      if (accountId !== null) access.record(accountId)
      for (const id of ids) listings.refresh(id, 'window').catch(() => undefined)
      return undefined
    },
    stop: async () => {
      listings.stopAsked()
      return undefined
    },
    get: async ({ accountId, id }) => {
      await load()
      const known = index.find(accountId, id)
      if (known !== null) return toRepository(known)
      const remote = await reread(accountId, id)
      return { ...remote, accountId, key: `${accountId}/${id}` }
    },
    branches: async ({ accountId, id, text, cursor }) => {
      await load()
      const known = index.find(accountId, id)
      const repository = known ?? (await reread(accountId, id))
      try {
        return await branchesOf(accountId, repository, { text, cursor })
      } catch (error) {
        if (known === null || !(error instanceof Failure) || error.code !== 'not-found') throw error
        // Its path may be an old one: the id says where it is now, if it is anywhere.
        const now = await reread(accountId, id)
        if (now.path === known.path) throw error
        return branchesOf(accountId, now, { text, cursor: null })
      }
    },
    open: async ({ accountId, id }) => {
      await load()
      const row = index.find(accountId, id)
      if (row === null) throw new Failure('not-found', { what: 'repository' })
      const { webUrl } = toRepository(row)
      const { host } = access.record(accountId)
      if (new URL(webUrl).origin !== new URL(host).origin) {
        throw new Failure('foreign-link-refused', { host, foreign: new URL(webUrl).host, account: accountId })
      }
      await openPage(webUrl)
      return undefined
    },
  }
}
