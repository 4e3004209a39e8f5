import { createHmac, randomUUID } from 'node:crypto'
import { cloneUrl, repositoryUrl, sshUrl } from '../addresses'
import type { Person, Repository } from '../entities'
import { accountPath, repositoryPath } from '../entities'
import type { ForgeState } from '../forge-state'
import type { RefUpdate } from '../git-http'
import type { Delivery, Hook, Message } from '../hooks'
import { isZero, pushedCommits } from '../pushed-commits'

/** A glob as branch filters have it: `*` for anything. */
const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Whether a branch passes the hook's filter. */
export function passesFilter(hook: Hook, branch: string): boolean {
  const filter = text(hook.extra.push_events_branch_filter)
  const strategy = text(hook.extra.branch_filter_strategy) || 'wildcard'
  if (filter === '' || strategy === 'all_branches') return true
  return strategy === 'regex' ? new RegExp(filter).test(branch) : wildcard(filter).test(branch)
}

/** Consecutive failures switch a hook off: for a while from the 4th, for good from the 40th. */
export function alertStatus(forge: ForgeState, hook: Hook): { readonly status: string; readonly until: number | null } {
  const log: readonly Delivery[] = forge.hooks.deliveries(hook)
  const good = (one: Delivery): boolean => one.response !== null && one.response.status < 400
  let failures = 0
  for (let at = log.length - 1; at >= 0; at -= 1) {
    const delivery = log[at]
    if (!delivery || good(delivery)) break
    failures += 1
  }
  const last = log.at(-1)
  if (failures >= 40) return { status: 'disabled', until: null }
  const until = (last?.deliveredAt ?? 0) + 60_000 * 2 ** Math.max(0, failures - 4)
  return failures >= 4 && until > forge.clock.now()
    ? { status: 'temporarily_disabled', until }
    : { status: 'executable', until: null }
}

/**
 * A webhook call as GitLab sends it: the token in clear, and since 19.0 a signature after the Standard Webhooks
 * specification over `id.timestamp.body`.
 */
export function gitlabMessage(forge: ForgeState, hook: Hook, event: string, payload: object): Message {
  const id = randomUUID()
  const body = JSON.stringify(payload)
  const stamp = String(Math.floor(forge.clock.now() / 1000))
  const signing = text(hook.extra.signing_token)
  const key = Buffer.from(signing.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${stamp}.${body}`).digest('base64')
  return {
    event,
    guid: id,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': `GitLab/${forge.settings.version}`,
      'x-gitlab-event': event,
      'x-gitlab-webhook-uuid': hook.uuid,
      'x-gitlab-event-uuid': randomUUID(),
      'x-gitlab-instance': forge.address,
      'idempotency-key': id,
      ...(hook.secret ? { 'x-gitlab-token': hook.secret } : {}),
      ...(forge.settings.signingTokens && signing
        ? { 'webhook-id': id, 'webhook-timestamp': stamp, 'webhook-signature': `v1,${signature}` }
        : {}),
    },
  }
}

/** The body of a push event; docs.gitlab.com, "Webhook events", "Push events". */
export async function pushPayload(forge: ForgeState, project: Repository, pusher: Person, update: RefUpdate) {
  const commits = await pushedCommits(forge, project, update)
  const url = repositoryUrl(forge, project)
  return {
    object_kind: 'push',
    event_name: 'push',
    before: update.before,
    after: update.after,
    ref: update.ref,
    ref_protected: update.ref === `refs/heads/${project.defaultBranch}`,
    checkout_sha: isZero(update.after) ? null : update.after,
    user_id: pusher.id,
    user_name: pusher.name,
    user_username: pusher.login,
    user_email: pusher.email,
    user_avatar: null,
    project_id: project.id,
    project: {
      id: project.id,
      name: project.name,
      description: project.description,
      web_url: url,
      git_ssh_url: sshUrl(forge, project),
      git_http_url: cloneUrl(forge, project),
      namespace: accountPath(project.owner),
      visibility_level: project.private ? 0 : 20,
      path_with_namespace: repositoryPath(project),
      default_branch: project.defaultBranch,
    },
    repository: { name: project.name, url: sshUrl(forge, project), homepage: url },
    commits: commits.map((commit) => ({
      id: commit.hash,
      message: commit.message,
      title: commit.message.split('\n')[0],
      timestamp: commit.date,
      url: `${url}/-/commit/${commit.hash}`,
      author: { name: commit.author, email: commit.email },
      added: commit.added,
      modified: commit.modified,
      removed: commit.removed,
    })),
    total_commits_count: commits.length,
  }
}

/** Sends a push event to the hooks that want it and are not switched off. */
export async function gitlabPushed(
  forge: ForgeState,
  project: Repository,
  pusher: Person,
  updates: readonly RefUpdate[],
): Promise<void> {
  // A tag is an event of its own, `Tag Push Hook`.
  for (const update of updates.filter(({ ref }) => ref.startsWith('refs/heads/'))) {
    const branch = update.ref.replace(/^refs\/heads\//, '')
    const hooks = forge.hooks
      .of(project.id)
      .filter(
        (hook) =>
          hook.events.includes('push') &&
          passesFilter(hook, branch) &&
          alertStatus(forge, hook).status === 'executable',
      )
    if (hooks.length === 0) continue
    const payload = await pushPayload(forge, project, pusher, update)
    await Promise.all(hooks.map((hook) => forge.hooks.deliver(hook, gitlabMessage(forge, hook, 'Push Hook', payload))))
  }
}
