import { Failure } from '../../../src-preload/contract/outcome'
import type { Http } from '../http'
import { linkTo } from '../links'
import { listAll } from '../pages'
import type { DeployKeyAbility, ListOptions, RemoteRepositoryRef } from '../provider'
import { readAs, readRows } from '../read-as'
import { toDeployKey } from './map'
import { DeployKey } from './schema'

/**
 * Deploy keys; docs.github.com, "Deploy keys". A key may be on one repository of all of GitHub, and cannot be changed.
 * One that an organisation switched off opens nothing: it is not there.
 */
export const createDeployKeys = (http: Http): DeployKeyAbility => {
  const base = ({ id }: RemoteRepositoryRef) => `/repositories/${encodeURIComponent(id)}/keys`

  const listed = (repository: RemoteRepositoryRef, options?: ListOptions) =>
    listAll(
      http,
      {
        first: `${base(repository)}?per_page=100`,
        size: 100,
        rows: (answer) => readRows(DeployKey, answer, (row) => ({ ...toDeployKey(row), enabled: row.enabled })),
        next: (answer) => linkTo(answer, 'next'),
      },
      options,
    )

  const list: DeployKeyAbility['list'] = async (repository, options) =>
    (await listed(repository, options)).flatMap(({ enabled, ...key }) => (enabled ? [key] : []))

  const remove: DeployKeyAbility['remove'] = async (repository, id) => {
    await http.send('DELETE', `${base(repository)}/${encodeURIComponent(id)}`, undefined, { accept: [404] })
  }

  return {
    shared: false,
    list,
    remove,
    add: async (repository, { title, publicKey }) => {
      const key = publicKey.trim().split(/\s+/).slice(0, 2).join(' ')
      const same = (await listed(repository)).find((one) => one.key === key)
      if (same?.readOnly && same.enabled) return same
      // One that may write or is switched off is replaced, because a key cannot be changed.
      if (same !== undefined) await remove(repository, same.id)
      try {
        const made = readAs(DeployKey, await http.send('POST', base(repository), { title, key, read_only: true }))
        if (!made.enabled) throw new Failure('access-restricted', { what: 'deploy-keys' })
        return toDeployKey(made)
      } catch (error) {
        // An invalid key is refused with the same status; only these words tell them apart.
        const taken = error instanceof Failure && /already in use/i.test(error.facts.message ?? '')
        throw taken ? new Failure('conflict', error.facts, { cause: error }) : error
      }
    },
  }
}
