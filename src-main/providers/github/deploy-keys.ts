import { array } from 'valibot'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Http } from '../http'
import { linkTo } from '../links'
import { listAll } from '../pages'
import type { DeployKeyAbility, RemoteRepositoryRef } from '../provider'
import { readAs } from '../read-as'
import { toDeployKey } from './map'
import { DeployKey } from './schema'

const Rows = array(DeployKey)

/** Deploy keys; docs.github.com, "Deploy keys". A key may be on one repository of all of GitHub, and cannot be changed. */
export const createDeployKeys = (http: Http): DeployKeyAbility => {
  const base = ({ id }: RemoteRepositoryRef) => `/repositories/${encodeURIComponent(id)}/keys`

  const list: DeployKeyAbility['list'] = (repository, signal) =>
    listAll(
      http,
      {
        first: `${base(repository)}?per_page=100`,
        size: 100,
        rows: (answer) => readAs(Rows, answer).map(toDeployKey),
        next: (answer) => linkTo(answer, 'next'),
      },
      signal,
    )

  const remove: DeployKeyAbility['remove'] = async (repository, id) => {
    await http.send('DELETE', `${base(repository)}/${encodeURIComponent(id)}`, undefined, { accept: [404] })
  }

  return {
    shared: false,
    list,
    remove,
    add: async (repository, { title, publicKey }) => {
      const key = publicKey.trim().split(/\s+/).slice(0, 2).join(' ')
      const same = (await list(repository)).find((one) => one.key === key)
      if (same?.readOnly) return same
      // One that may write is replaced, because a key cannot be changed.
      if (same !== undefined) await remove(repository, same.id)
      try {
        return toDeployKey(
          readAs(DeployKey, await http.send('POST', base(repository), { title, key, read_only: true })),
        )
      } catch (error) {
        // An invalid key is refused with the same status; only these words tell them apart.
        const taken = error instanceof Failure && /already in use/i.test(error.facts.message ?? '')
        throw taken ? new Failure('conflict', error.facts, { cause: error }) : error
      }
    },
  }
}
