import type { WebhookAbility } from '../providers/provider'

/** How a push is signed; `any` for a hook that a person makes by hand at a host that we do not know. */
export type Signature = WebhookAbility['signature'] | 'any'

/** Where in a call stands what has to be known of it, as Debian's webhook names places. */
export interface PushShape {
  /** Header with the kind of event, and its value for a push; null: everything genuine counts. */
  readonly event: { readonly header: string; readonly value: string } | null
  /** Header with the number of the delivery. */
  readonly delivery: string | null
  /** Place of the repository's immutable id in the body. */
  readonly repository: string | null
  /** Places of branches in the body, whole references or bare names. At most five. */
  readonly refs: readonly string[]
}

const severalChanges = [0, 1, 2, 3, 4].map((number) => `push.changes.${number}.new.name`)

const byProject: PushShape = {
  event: { header: 'X-Gitlab-Event', value: 'Push Hook' },
  delivery: 'X-Gitlab-Event-UUID',
  repository: 'project.id',
  refs: ['ref'],
}

/** The way in which a push is signed tells whose form its body has. */
export const pushShapes: Readonly<Record<Signature, PushShape>> = {
  // docs.github.com, "Webhook events and payloads"; forges that copied the form send these headers too.
  'hub-sha256': {
    event: { header: 'X-GitHub-Event', value: 'push' },
    delivery: 'X-GitHub-Delivery',
    repository: 'repository.id',
    refs: ['ref'],
  },
  // support.atlassian.com/bitbucket-cloud, "Event payloads".
  'hub-sha256-old-name': {
    event: { header: 'X-Event-Key', value: 'repo:push' },
    delivery: 'X-Request-UUID',
    repository: 'repository.uuid',
    refs: severalChanges,
  },
  // docs.gitlab.com, "Webhook events".
  'gitlab-token': byProject,
  // github.com/standard-webhooks/standard-webhooks, the specification: the id is part of what is signed.
  'standard-webhooks': { ...byProject, delivery: 'webhook-id' },
  any: { event: null, delivery: null, repository: null, refs: ['ref', ...severalChanges.slice(0, 4)] },
}
