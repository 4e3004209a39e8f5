import type { Secret } from '../../credentials/secret'
import type { Http } from '../http'
import { nextPage } from '../links'
import { goodRows, listAll } from '../pages'
import type { Delivery, ListOptions, RemoteRepositoryRef, RemoteWebhook, WebhookAbility } from '../provider'
import { type Rows, readAs, readRows } from '../read-as'
import { explain } from './explain'
import { toDelivery, toWebhook } from './map'
import { Hook, HookEvent } from './schema'

/** The log gives no more than 20 rows at once and refuses to be asked for more. */
const logSize = 20
const logPages = 3

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

  const list = (repository: RemoteRepositoryRef, options?: ListOptions): Promise<readonly RemoteWebhook[]> =>
    listAll(
      http,
      {
        first: `${base(repository)}?per_page=100`,
        size: 100,
        rows: (answer) => readRows(Hook, answer, toWebhook),
        next: nextPage,
      },
      options,
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
      // Sent, and not taken by the receiver, is what 422 means here, unless GitLab has nothing to send.
      const answer = await http.send('POST', `${one(repository, id)}/test/push_events`, undefined, { accept: [422] })
      const failure = answer.status === 422 ? explain(answer) : null
      if (failure !== null) throw failure
    },
    deliveries: async (repository, id, { signal, onPartial } = {}) => {
      const read: Rows<Delivery>[] = []
      for (let page = 1; page <= logPages; page += 1) {
        const path = `${one(repository, id)}/events?per_page=${logSize}&page=${page}`
        // Instances before 17.3 have no log.
        const answer = await http.get(path, { accept: [404], ...(signal && { signal }) })
        if (answer.status === 404) return null
        const rows = readRows(HookEvent, answer, toDelivery)
        read.push(rows)
        if (rows.rows.length + rows.unread < logSize) break
      }
      const unread = read.reduce((sum, page) => sum + page.unread, 0)
      const why = read.find((page) => page.why !== null)?.why ?? null
      return goodRows({ rows: read.flatMap(({ rows }) => rows), unread, why }, onPartial)
    },
  }
}
