import type { Http } from '../http'
import { listAll } from '../pages'
import type { DeployKeyAbility, RemoteRepositoryRef } from '../provider'
import { readAs, readRows } from '../read-as'
import { toDeployKey } from './map'
import { inBody, size } from './paging'
import { repositoryPath } from './repositories'
import { DeployKey } from './schema'

/**
 * Deploy keys; developer.atlassian.com, "Deployments". Always read-only. One key may serve many repositories, but must
 * be nobody's own key.
 */
export const createDeployKeys = (http: Http): DeployKeyAbility => {
  const base = (repository: RemoteRepositoryRef) => `${repositoryPath(repository)}/deploy-keys`

  const list: DeployKeyAbility['list'] = (repository, options) =>
    listAll(
      http,
      {
        ...inBody,
        first: `${base(repository)}?pagelen=${size}`,
        rows: (answer) => readRows(DeployKey, answer, toDeployKey, 'values'),
      },
      options,
    )

  return {
    shared: true,
    list,
    add: async (repository, { title, publicKey }) => {
      const key = publicKey.trim().split(/\s+/).slice(0, 2).join(' ')
      const same = (await list(repository)).find((one) => one.key === key)
      if (same !== undefined) return same
      return toDeployKey(readAs(DeployKey, await http.send('POST', base(repository), { key, label: title })))
    },
    remove: async (repository, id) => {
      const path = `${base(repository)}/${encodeURIComponent(id)}`
      await http.send('DELETE', path, undefined, { accept: [404] })
    },
  }
}
