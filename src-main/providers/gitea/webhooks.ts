import { is } from 'valibot'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Secret } from '../../credentials/secret'
import { WebAddress } from '../fields'
import type { Http } from '../http'
import { listAll } from '../pages'
import type { RemoteRepositoryRef, RemoteWebhook, WebhookAbility } from '../provider'
import { readAs } from '../read-as'
import { toWebhook } from './map'
import { currentPath, linked, size } from './repositories'
import { Hook, Hooks } from './schema'

interface Wanted {
  readonly url: string
  readonly secret: Secret
}

/** Left out, `active` would be off, and a change would reset the events and the branch filter. */
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

/** Deploy webhooks; docs.gitea.com, "Webhooks". What was delivered is shown on the site only. */
export const createWebhooks = (http: Http): WebhookAbility => {
  const base = async (repository: RemoteRepositoryRef) => `${await currentPath(http, repository)}/hooks`
  const one = async (repository: RemoteRepositoryRef, id: string) =>
    `${await base(repository)}/${encodeURIComponent(id)}`

  const list = async (repository: RemoteRepositoryRef, signal?: AbortSignal): Promise<readonly RemoteWebhook[]> =>
    listAll(
      http,
      {
        ...linked,
        first: `${await base(repository)}?limit=${size}`,
        rows: (answer) => readAs(Hooks, answer).map(toWebhook),
      },
      signal,
    )

  const update = async (repository: RemoteRepositoryRef, id: string, hook: Wanted) =>
    toWebhook(readAs(Hook, await http.send('PATCH', await one(repository, id), bodyOf(hook))))

  return {
    signature: 'hub-sha256',
    list,
    update,
    create: async (repository, hook) => {
      // Gitea would make a second hook for the same address.
      const existing = (await list(repository)).find(({ url }) => url === hook.url)
      if (existing !== undefined) return update(repository, existing.id, hook)
      const body = { type: 'gitea', ...bodyOf(hook) }
      return toWebhook(readAs(Hook, await http.send('POST', await base(repository), body)))
    },
    remove: async (repository, id) => {
      await http.send('DELETE', await one(repository, id), undefined, { accept: [404] })
    },
    test: async (repository, id) => {
      await http.send('POST', `${await one(repository, id)}/tests`)
    },
  }
}
