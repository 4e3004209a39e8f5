import { array } from 'valibot'
import type { Secret } from '../../credentials/secret'
import type { Http } from '../http'
import { linkTo } from '../links'
import { listAll } from '../pages'
import type { RemoteRepositoryRef, RemoteWebhook, WebhookAbility } from '../provider'
import { readAs } from '../read-as'
import { toDelivery, toWebhook } from './map'
import { Hook, HookEvents } from './schema'

const Rows = array(Hook)

interface Wanted {
  readonly url: string
  readonly secret: Secret
}

/** The secret goes along with every change, because a new address would lose it. */
const bodyOf = ({ url, secret }: Wanted) => ({
  url,
  name: 'CloudAIPilot',
  token: secret.reveal(),
  push_events: true,
  tag_push_events: false,
  enable_ssl_verification: true,
})

/**
 * Deploy webhooks; docs.gitlab.com, "Project webhooks API". The secret comes back in clear as `X-Gitlab-Token`. The
 * signature that GitLab 19 can add covers more than the body, so that simple receivers cannot check it.
 */
export const createWebhooks = (http: Http): WebhookAbility => {
  const base = ({ id }: RemoteRepositoryRef) => `/projects/${encodeURIComponent(id)}/hooks`
  const one = (repository: RemoteRepositoryRef, id: string) => `${base(repository)}/${encodeURIComponent(id)}`

  const list = (repository: RemoteRepositoryRef, signal?: AbortSignal): Promise<readonly RemoteWebhook[]> =>
    listAll(
      http,
      {
        first: `${base(repository)}?per_page=100`,
        size: 100,
        rows: (answer) => readAs(Rows, answer).map(toWebhook),
        next: (answer) => linkTo(answer, 'next'),
      },
      signal,
    )

  const update = async (repository: RemoteRepositoryRef, id: string, hook: Wanted) =>
    toWebhook(readAs(Hook, await http.send('PUT', one(repository, id), bodyOf(hook))))

  return {
    signature: 'gitlab-token',
    list,
    update,
    create: async (repository, hook) => {
      // GitLab would make a second hook for the same address.
      const existing = (await list(repository)).find(({ url }) => url === hook.url)
      if (existing !== undefined) return update(repository, existing.id, hook)
      return toWebhook(readAs(Hook, await http.send('POST', base(repository), bodyOf(hook))))
    },
    remove: async (repository, id) => {
      await http.send('DELETE', one(repository, id), undefined, { accept: [404] })
    },
    test: async (repository, id) => {
      await http.send('POST', `${one(repository, id)}/test/push_events`)
    },
    deliveries: async (repository, id) => {
      const answer = await http.get(`${one(repository, id)}/events?per_page=50`)
      return readAs(HookEvents, answer).map(toDelivery)
    },
  }
}
