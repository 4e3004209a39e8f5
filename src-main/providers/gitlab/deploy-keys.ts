import type { Http } from '../http'
import { nextPage } from '../links'
import { listAll } from '../pages'
import type { DeployKeyAbility, RemoteRepositoryRef } from '../provider'
import { readAs, readRows } from '../read-as'
import { toDeployKey } from './map'
import { DeployKey } from './schema'

/** Deploy keys; docs.gitlab.com, "Deploy keys API". One key may serve all projects that its owner reaches. */
export const createDeployKeys = (http: Http): DeployKeyAbility => {
  const base = ({ id }: RemoteRepositoryRef) => `/projects/${encodeURIComponent(id)}/deploy_keys`

  const list: DeployKeyAbility['list'] = (repository, options) =>
    listAll(
      http,
      {
        first: `${base(repository)}?per_page=100`,
        size: 100,
        rows: (answer) => readRows(DeployKey, answer, toDeployKey),
        next: nextPage,
      },
      options,
    )

  const remove: DeployKeyAbility['remove'] = async (repository, id) => {
    await http.send('DELETE', `${base(repository)}/${encodeURIComponent(id)}`, undefined, { accept: [404] })
  }

  return {
    shared: true,
    list,
    remove,
    add: async (repository, { title, publicKey }) => {
      // Without its comment: GitLab refuses a known key whose comment alone differs.
      const key = publicKey.trim().split(/\s+/).slice(0, 2).join(' ')
      const same = (await list(repository)).find((one) => one.key === key)
      if (same?.readOnly) return same
      if (same !== undefined) await remove(repository, same.id)
      return toDeployKey(readAs(DeployKey, await http.send('POST', base(repository), { title, key, can_push: false })))
    },
  }
}
