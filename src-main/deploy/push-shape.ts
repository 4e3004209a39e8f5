import type { WebhookAbility } from '../providers/provider'

/** How a push is signed; `any` for a hook that a person makes by hand at a host that we do not know. */
export type Signature = WebhookAbility['signature'] | 'any'

/** Where in a call stands what has to be known of it. Its branches and tags are read by `scripts/push.pl`. */
export interface PushShape {
  /** Header with the kind of event, and its value for a push; null: everything genuine counts. */
  readonly event: { readonly header: string; readonly value: string } | null
  /**
   * Headers with the id of the delivery, which every attempt to deliver it has, the surest first; at most four. Only where
   * none of them comes a delivery is told by its body.
   */
  readonly delivery: readonly string[]
  /** Place of the repository's immutable id in the body. */
  readonly repository: string | null
}

// docs.gitlab.com, "Webhooks", "Delivery headers". An event that another webhook caused has the id of that event, so it
// counts only where the request has none of its own (before 17.4).
const gitlabDelivery = ['Idempotency-Key', 'X-Gitlab-Event-UUID']

const byProject: PushShape = {
  event: { header: 'X-Gitlab-Event', value: 'Push Hook' },
  delivery: gitlabDelivery,
  repository: 'project.id',
}

/** The way in which a push is signed tells whose form its body has. */
export const pushShapes: Readonly<Record<Signature, PushShape>> = {
  // docs.github.com, "Webhook events and payloads"; forges that copied the form send these headers too.
  'hub-sha256': {
    event: { header: 'X-GitHub-Event', value: 'push' },
    delivery: ['X-GitHub-Delivery'],
    repository: 'repository.id',
  },
  // support.atlassian.com/bitbucket-cloud, "Event payloads".
  'hub-sha256-old-name': {
    event: { header: 'X-Event-Key', value: 'repo:push' },
    delivery: ['X-Request-UUID'],
    repository: 'repository.uuid',
  },
  // docs.gitlab.com, "Webhook events".
  'gitlab-token': byProject,
  // github.com/standard-webhooks/standard-webhooks, the specification: the id is part of what is signed.
  'standard-webhooks': { ...byProject, delivery: ['webhook-id'] },
  // Gitea, Forgejo and Gogs send GitHub's header beside their own.
  any: { event: null, delivery: ['X-GitHub-Delivery', ...gitlabDelivery, 'X-Request-UUID'], repository: null },
}
