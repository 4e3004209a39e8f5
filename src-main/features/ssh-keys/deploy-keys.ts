import { array, type InferOutput, number, object, string } from 'valibot'
import type { DeployKeyPlace, SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Store } from '../../storage/store'
import type { AccountAccess } from '../accounts/account-access'
import { type Made, removeMade } from '../accounts/release-made'

/** Keys of this computer that the app added to repositories, read-only, through an account. */
export const DeployKeyRecords = array(
  object({
    keyId: string(),
    accountId: string(),
    repository: object({ id: string(), path: string() }),
    /** The provider's own number of it. */
    id: string(),
    addedAt: number(),
  }),
)
export type DeployKeyRecords = Readonly<InferOutput<typeof DeployKeyRecords>>

/** Which repository is meant, and whose account reaches it. */
export interface DeployKeyTarget {
  readonly accountId: string
  readonly repositoryId: string
}

/** Deploy keys that are kept on this computer; those of servers belong to their apps. */
export interface DeployKeys {
  /** Repositories that a key was added to. */
  placesOf(keyId: string): readonly DeployKeyPlace[]
  /** The key that was added to a repository, or null. */
  keyOf(accountId: string, repositoryId: string): string | null
  madeBy(accountId: string): readonly Made[]
  /** @throws Failure `scope-missing`, `key-in-use` (another repository or a person has it), or what the provider says */
  add(key: Pick<SshKey, 'id' | 'name' | 'publicKey'>, target: DeployKeyTarget): Promise<void>
  /** Takes it away there, proves that, and forgets it. */
  remove(keyId: string, target: DeployKeyTarget): Promise<void>
  /** Adds a key wherever the one is that it replaces. */
  follow(oldId: string, successor: Pick<SshKey, 'id' | 'name' | 'publicKey'>): Promise<void>
  /** Takes a key away from the repositories that have its successor. */
  makeWay(oldId: string, successorId: string): Promise<void>
  /** The account is gone, and what was made through it with it. */
  accountGone(accountId: string): Promise<void>
}

/** What `createDeployKeys` needs. */
export interface DeployKeyParts {
  readonly store: Store<DeployKeyRecords>
  readonly access: Pick<AccountAccess, 'open' | 'record'>
  readonly now: () => number
  /** Told after every change. */
  readonly changed: () => void
}

export const createDeployKeys = ({ store, access, now, changed }: DeployKeyParts): DeployKeys => {
  const of = (keyId: string) => store.read().filter((record) => record.keyId === keyId)
  const update = async (change: (records: DeployKeyRecords) => DeployKeyRecords) => {
    await store.update(change)
    changed()
  }

  const add: DeployKeys['add'] = async (key, { accountId, repositoryId }) => {
    const { client } = access.open(accountId)
    if (client.deployKeys === undefined) throw new Failure('invalid-input', { field: 'account' })
    const { path } = await client.repository(repositoryId)
    const repository = { id: repositoryId, path }
    const title = `CloudAIPilot: ${key.name}`.slice(0, 100)
    const { id } = await client.deployKeys
      .add(repository, { title, publicKey: key.publicKey })
      .catch((error: unknown) => {
        if (!(error instanceof Failure) || error.code !== 'conflict') throw error
        throw new Failure('key-in-use', { host: new URL(access.record(accountId).host).host }, { cause: error })
      })
    const record = { keyId: key.id, accountId, repository, id, addedAt: now() }
    const isOther = (one: DeployKeyRecords[number]) =>
      one.keyId !== key.id || one.accountId !== accountId || one.repository.id !== repositoryId
    await update((records) => [...records.filter(isOther), record])
  }

  const remove: DeployKeys['remove'] = async (keyId, { accountId, repositoryId }) => {
    const record = of(keyId).find((one) => one.accountId === accountId && one.repository.id === repositoryId)
    if (record === undefined) throw new Failure('not-found', { what: 'deploy-key' })
    const done = await removeMade(access.open(accountId).client, { what: 'deploy-key', ...record }).catch(
      (error: unknown) => {
        // With its repository the key is gone as well.
        if (error instanceof Failure && error.code === 'not-found') return 'already-gone' as const
        throw error
      },
    )
    if (done === 'by-hand') throw new Failure('invalid-input', { field: 'account' })
    await update((records) => records.filter((one) => one !== record && one.id !== record.id))
  }

  return {
    add,
    remove,
    placesOf: (keyId) =>
      of(keyId).map(({ accountId, repository: { id, path }, addedAt }) => ({
        accountId,
        repositoryId: id,
        path,
        addedAt,
      })),
    keyOf: (accountId, repositoryId) =>
      store
        .read()
        .filter((one) => one.accountId === accountId && one.repository.id === repositoryId)
        .at(-1)?.keyId ?? null,
    madeBy: (accountId) =>
      store
        .read()
        .filter((one) => one.accountId === accountId)
        .map(({ repository, id }) => ({ what: 'deploy-key', name: repository.path, repository, id })),
    follow: async (oldId, successor) => {
      for (const { accountId, repository } of of(oldId))
        await add(successor, { accountId, repositoryId: repository.id })
    },
    makeWay: async (oldId, successorId) => {
      const taken = new Set(of(successorId).map(({ accountId, repository }) => `${accountId} ${repository.id}`))
      for (const { accountId, repository } of of(oldId)) {
        if (taken.has(`${accountId} ${repository.id}`)) await remove(oldId, { accountId, repositoryId: repository.id })
      }
    },
    accountGone: (accountId) => update((records) => records.filter((one) => one.accountId !== accountId)),
  }
}
