import type { AppForm, AppSource, ServerKey } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import { type CloneAddress, originOf, requireAddress } from '../../git/address'
import type { ProviderClient, RemoteRepository } from '../../providers/provider'
import { fingerprint } from '../../ssh/fingerprint'
import { parsePublicKey } from '../../ssh/public-key'
import type { AccountAccess } from '../accounts/account-access'
import type { AppRecord } from './apps-document'

export type SshAddress = CloneAddress & { readonly kind: 'ssh' }

/** Where an app's code comes from, looked up now. */
export interface ResolvedSource {
  readonly source: AppSource
  /** Null for an account that has a key and no interface. */
  readonly repository: RemoteRepository | null
  readonly address: SshAddress
  /** Origin of the account's host, part of what names the key. */
  readonly host: string
}

export const requireSsh = (text: string): SshAddress => {
  const address = requireAddress(text)
  if (address.kind !== 'ssh') throw new Failure('address-refused', { reason: 'not-ssh' })
  return address
}

const found = async (client: ProviderClient, form: Pick<AppForm, 'repositoryId' | 'address'>) => {
  if (form.repositoryId !== null) return client.repository(form.repositoryId)
  const path = requireSsh(form.address)
    .path.replace(/^\//, '')
    .replace(/\.git$/, '')
  const repository = await client.findRepository(path)
  if (repository === null) throw new Failure('not-found', { what: 'repository', path })
  return repository
}

/** @throws Failure `not-found`, `address-refused`, or what the provider says */
export const resolveSource = async (
  access: Pick<AccountAccess, 'open' | 'record'>,
  form: Pick<AppForm, 'accountId' | 'repositoryId' | 'address'>,
): Promise<ResolvedSource> => {
  const account = access.record(form.accountId)
  if (account.kind === 'ssh') {
    const address = requireSsh(form.address)
    // The key of one host is nothing that another should learn of.
    if (account.host !== originOf(address)) {
      throw new Failure('address-refused', { reason: 'other-host', host: account.host })
    }
    const path = address.path.replace(/^\//, '').replace(/\.git$/, '')
    const source = { accountId: account.id, repositoryId: null, path, sshUrl: address.url }
    return { source, repository: null, address, host: account.host }
  }
  const repository = await found(access.open(account.id).client, form)
  if (repository.sshUrl === null) throw new Failure('address-refused', { reason: 'no-ssh', path: repository.path })
  const address = requireSsh(repository.sshUrl)
  const source = { accountId: account.id, repositoryId: repository.id, path: repository.path, sshUrl: address.url }
  return { source, repository, address, host: account.host }
}

/** A public key of a server, as it is shown. */
export const shownKey = (publicKey: string, placed: ServerKey['placed']): ServerKey => ({
  publicKey: publicKey.trim(),
  fingerprint: fingerprint(parsePublicKey(publicKey).blob),
  placed,
})

/**
 * Puts a server's key on a repository, to read and nothing else. Null where no interface can: then a person pastes it.
 * @throws Failure `scope-missing`, `access-denied`, `conflict` (another repository has it), or what the provider says
 */
export const placeKey = async (
  access: Pick<AccountAccess, 'open' | 'record'>,
  source: Pick<AppSource, 'accountId' | 'repositoryId' | 'path'>,
  key: { readonly title: string; readonly publicKey: string },
): Promise<AppRecord['placed']> => {
  const { accountId, repositoryId, path } = source
  if (repositoryId === null || access.record(accountId).kind === 'ssh') return null
  const { deployKeys } = access.open(accountId).client
  if (deployKeys === undefined) return null
  const repository = { id: repositoryId, path }
  const { id } = await deployKeys.add(repository, key)
  return { accountId, repository, id }
}
