import type { Secret } from '../../credentials/secret'
import type { Http } from '../http'
import { listAll } from '../pages'
import type { ListOptions, RemoteRepositoryRef, RemoteWebhook, WebhookAbility } from '../provider'
import { readAs, readRows } from '../read-as'
import { toWebhook } from './map'
import { inBody, size } from './paging'
import { repositoryPath } from './repositories'
import { Hook } from './schema'

interface Wanted {
  readonly url: string
  readonly secret: Secret
}

/** The secret has at most 128 characters. */
const bodyOf = ({ url, secret }: Wanted) => ({
  description: 'CloudAIPilot',
  url,
  active: true,
  secret: secret.reveal(),
  events: ['repo:push'],
})

/**
 * Deploy webhooks; developer.atlassian.com, "Webhooks". The signature comes in `X-Hub-Signature`, though it is SHA-256.
 * Bitbucket can neither send a test event nor show its deliveries by API.
 */
export const createWebhooks = (http: Http): WebhookAbility => {
  const base = (repository: RemoteRepositoryRef) => `${repositoryPath(repository)}/hooks`
  const one = (repository: RemoteRepositoryRef, id: string) => `${base(repository)}/${encodeURIComponent(id)}`

  const list = (repository: RemoteRepositoryRef, options?: ListOptions): Promise<readonly RemoteWebhook[]> =>
    listAll(
      http,
      {
        ...inBody,
        first: `${base(repository)}?pagelen=${size}`,
        rows: (answer) => readRows(Hook, answer, toWebhook, 'values'),
      },
      options,
    )

  const update = async (repository: RemoteRepositoryRef, id: string, hook: Wanted) =>
    toWebhook(readAs(Hook, await http.send('PUT', one(repository, id), bodyOf(hook))))

  return {
    signature: 'hub-sha256-old-name',
    list,
    update,
    create: async (repository, hook) => {
      // Bitbucket would make a second hook for the same address.
      const existing = (await list(repository)).find(({ url }) => url === hook.url)
      if (existing !== undefined) return update(repository, existing.id, hook)
      return toWebhook(readAs(Hook, await http.send('POST', base(repository), bodyOf(hook))))
    },
    remove: async (repository, id) => {
      await http.send('DELETE', one(repository, id), undefined, { accept: [404] })
    },
  }
}
