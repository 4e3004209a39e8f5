import { is } from 'valibot'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Secret } from '../../credentials/secret'
import { WebAddress } from '../fields'
import type { Http } from '../http'
import { listAll } from '../pages'
import type { ListOptions, RemoteRepositoryRef, RemoteWebhook, WebhookAbility } from '../provider'
import { readAs, readRows } from '../read-as'
import { toWebhook } from './map'
import { currentPath, linked, size } from './repositories'
import { Hook } from './schema'

interface Wanted {
  readonly url: string
  readonly secret: Secret
}

/** Left out, `active` would be off. */
const bodyOf = ({ url, secret }: Wanted) => {
  // Gitea takes any text for an address and fails when it delivers.
  if (!is(WebAddress, url)) throw new Failure('invalid-input')
  return {
    active: true,
    events: ['push'],
    branch_filter: '*',
    config: { url, content_type: 'json', secret: secret.reveal() },
  }
}

/**
 * Deploy webhooks; docs.gitea.com, "Webhooks". A change takes the address and the content type of a hook and leaves its
 * secret as it was, so that a hook is never changed here, but replaced. What was delivered is shown on the site only.
 */
export const createWebhooks = (http: Http): WebhookAbility => {
  const base = async (repository: RemoteRepositoryRef) => `${await currentPath(http, repository)}/hooks`
  const one = async (repository: RemoteRepositoryRef, id: string) =>
    `${await base(repository)}/${encodeURIComponent(id)}`

  const list = async (repository: RemoteRepositoryRef, options?: ListOptions): Promise<readonly RemoteWebhook[]> =>
    listAll(
      http,
      {
        ...linked,
        first: `${await base(repository)}?limit=${size}`,
        rows: (answer) => readRows(Hook, answer, toWebhook),
      },
      options,
    )

  const createBeside = async (repository: RemoteRepositoryRef, hook: Wanted) =>
    toWebhook(readAs(Hook, await http.send('POST', await base(repository), { type: 'gitea', ...bodyOf(hook) })))

  const remove = async (repository: RemoteRepositoryRef, id: string): Promise<void> => {
    await http.send('DELETE', await one(repository, id), undefined, { accept: [404] })
  }

  /** A new hook first, so that no push is missed; then those go whose place it takes. */
  const replace = async (repository: RemoteRepositoryRef, hook: Wanted, id?: string) => {
    const before = await list(repository)
    const made = await createBeside(repository, hook)
    for (const old of before) if (old.id === id || old.url === hook.url) await remove(repository, old.id)
    return made
  }

  return {
    signature: 'hub-sha256',
    list,
    createBeside,
    create: (repository, hook) => replace(repository, hook),
    update: (repository, id, hook) => replace(repository, hook, id),
    remove,
    test: async (repository, id) => {
      await http.send('POST', `${await one(repository, id)}/tests`)
    },
  }
}
