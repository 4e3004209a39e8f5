import { createHash } from 'node:crypto'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Http } from '../http'
import { listAll } from '../pages'
import type { DeployKeyAbility, RemoteRepositoryRef } from '../provider'
import { readAs, readRows } from '../read-as'
import { toDeployKey } from './map'
import { currentPath, linked, size } from './repositories'
import { DeployKey } from './schema'

/** Two keys of one repository cannot have the same title; a few digits of the key make it another. */
const distinctTitle = (title: string, key: string): string =>
  `${title} ${createHash('sha256').update(key).digest('hex').slice(0, 8)}`

/** Deploy keys; docs.gitea.com, "API". A key may write unless it is said otherwise. */
export const createDeployKeys = (http: Http): DeployKeyAbility => {
  const base = async (repository: RemoteRepositoryRef) => `${await currentPath(http, repository)}/keys`

  const list: DeployKeyAbility['list'] = async (repository, options) =>
    listAll(
      http,
      {
        ...linked,
        first: `${await base(repository)}?limit=${size}`,
        rows: (answer) => readRows(DeployKey, answer, toDeployKey),
      },
      options,
    )

  const remove: DeployKeyAbility['remove'] = async (repository, id) => {
    const path = `${await base(repository)}/${encodeURIComponent(id)}`
    await http.send('DELETE', path, undefined, { accept: [404] })
  }

  const post = async (repository: RemoteRepositoryRef, title: string, key: string) => {
    const answer = await http.send('POST', await base(repository), { title, key, read_only: true })
    return toDeployKey(readAs(DeployKey, answer))
  }

  return {
    shared: true,
    list,
    remove,
    add: async (repository, { title, publicKey }) => {
      const key = publicKey.trim().split(/\s+/).slice(0, 2).join(' ')
      const same = (await list(repository)).find((one) => one.key === key)
      if (same?.readOnly) return same
      if (same !== undefined) await remove(repository, same.id)
      try {
        return await post(repository, title, key)
      } catch (error) {
        const titled = error instanceof Failure && /same name|title has been used/i.test(error.facts.message ?? '')
        if (!titled) throw error
        return post(repository, distinctTitle(title, key), key)
      }
    },
  }
}
