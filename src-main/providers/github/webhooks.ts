import { Failure } from '../../../src-preload/contract/outcome'
import type { Secret } from '../../credentials/secret'
import type { Http } from '../http'
import { linkTo } from '../links'
import { goodRows, listAll } from '../pages'
import type { ListOptions, RemoteRepositoryRef, RemoteWebhook, WebhookAbility } from '../provider'
import { readAs, readRows } from '../read-as'
import { toDelivery, toWebhook } from './map'
import { Hook, HookDelivery } from './schema'

interface Wanted {
  readonly url: string
  readonly secret: Secret
}

/** `content_type` is a form unless asked for otherwise; a config that leaves out the secret would take it away. */
const bodyOf = ({ url, secret }: Wanted) => ({
  active: true,
  events: ['push'],
  config: { url, content_type: 'json', secret: secret.reveal(), insecure_ssl: '0' },
})

/** Deploy webhooks; docs.github.com, "Repository webhooks". */
export const createWebhooks = (http: Http): WebhookAbility => {
  const base = ({ id }: RemoteRepositoryRef) => `/repositories/${encodeURIComponent(id)}/hooks`
  const one = (repository: RemoteRepositoryRef, id: string) => `${base(repository)}/${encodeURIComponent(id)}`

  const list = (repository: RemoteRepositoryRef, options?: ListOptions): Promise<readonly RemoteWebhook[]> =>
    listAll(
      http,
      {
        first: `${base(repository)}?per_page=100`,
        size: 100,
        rows: (answer) => readRows(Hook, answer, toWebhook),
        next: (answer) => linkTo(answer, 'next'),
      },
      options,
    )

  const update = async (repository: RemoteRepositoryRef, id: string, hook: Wanted) =>
    toWebhook(readAs(Hook, await http.send('PATCH', one(repository, id), bodyOf(hook))))

  const existing = async (repository: RemoteRepositoryRef, { url }: Wanted) =>
    (await list(repository)).find((hook) => hook.url === url) ?? null

  return {
    signature: 'hub-sha256',
    list,
    update,
    create: async (repository, hook) => {
      const before = await existing(repository, hook)
      if (before !== null) return update(repository, before.id, hook)
      try {
        return toWebhook(readAs(Hook, await http.send('POST', base(repository), { name: 'web', ...bodyOf(hook) })))
      } catch (error) {
        // Somebody else may have made it in the meantime.
        const doubled = error instanceof Failure && /already exists/i.test(error.facts.message ?? '')
        const other = doubled ? await existing(repository, hook) : null
        if (other === null) throw error
        return update(repository, other.id, hook)
      }
    },
    remove: async (repository, id) => {
      await http.send('DELETE', one(repository, id), undefined, { accept: [404] })
    },
    test: async (repository, id) => {
      await http.send('POST', `${one(repository, id)}/pings`)
    },
    deliveries: async (repository, id, { signal, onPartial } = {}) => {
      const answer = await http.get(`${one(repository, id)}/deliveries?per_page=50`, signal ? { signal } : {})
      return goodRows(readRows(HookDelivery, answer, toDelivery), onPartial)
    },
  }
}
