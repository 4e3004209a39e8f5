import { createHmac, randomUUID } from 'node:crypto'
import type { Person, Repository } from '../entities'
import type { ForgeState } from '../forge-state'
import type { RefUpdate } from '../git-http'
import type { Hook, Message } from '../hooks'
import { isZero, pushedCommits } from '../pushed-commits'
import { isLoopback, parseUrl } from '../sign-in'
import { accountShape, repositoryShape } from './shapes'

const hmac = (algorithm: 'sha1' | 'sha256', secret: string, body: string): string =>
  secret === '' ? '' : createHmac(algorithm, secret).update(body).digest('hex')

/**
 * A webhook call as Gitea sends it, under several names for the receivers of other forges. The signature is over the
 * JSON, also where a form carries it; without a secret the headers are there and empty.
 */
export function giteaMessage(forge: ForgeState, hook: Hook, event: string, payload: object): Message {
  const content = JSON.stringify(payload, null, 2)
  const guid = randomUUID()
  const secret = hook.secret ?? ''
  const bare = hmac('sha256', secret, content)
  const families = ['gitea', 'gogs', ...(forge.dialect === 'forgejo' ? ['forgejo'] : [])]
  const own = families.flatMap((family) => [
    [`x-${family}-delivery`, guid],
    [`x-${family}-event`, event],
    [`x-${family}-event-type`, event],
    [`x-${family}-signature`, bare],
  ])
  const authorization = hook.extra.authorization_header
  return {
    event,
    guid,
    body: hook.contentType === 'json' ? content : new URLSearchParams({ payload: content }).toString(),
    headers: {
      'content-type': hook.contentType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      ...Object.fromEntries(own),
      'x-github-delivery': guid,
      'x-github-event': event,
      'x-github-event-type': event,
      'x-hub-signature': `sha1=${hmac('sha1', secret, content)}`,
      'x-hub-signature-256': `sha256=${bare}`,
      ...(typeof authorization === 'string' && authorization !== '' ? { authorization } : {}),
    },
  }
}

/** The body of a push event. */
export async function pushPayload(forge: ForgeState, repository: Repository, pusher: Person, update: RefUpdate) {
  const commits = await pushedCommits(forge, repository, update)
  const url = `${forge.address}/${repository.owner.login}/${repository.name}`
  const shaped = commits.map((commit) => ({
    id: commit.hash,
    message: `${commit.message}\n`,
    url: `${url}/commit/${commit.hash}`,
    author: { name: commit.author, email: commit.email, username: pusher.login },
    committer: { name: commit.author, email: commit.email, username: pusher.login },
    verification: null,
    timestamp: commit.date,
    added: commit.added,
    removed: commit.removed,
    modified: commit.modified,
  }))
  return {
    ref: update.ref,
    before: update.before,
    after: update.after,
    compare_url: isZero(update.before) ? '' : `${url}/compare/${update.before}...${update.after}`,
    commits: [...shaped].reverse(),
    total_commits: shaped.length,
    head_commit: shaped.at(-1) ?? null,
    repository: repositoryShape(forge, repository, 'admin'),
    pusher: accountShape(forge, pusher),
    sender: accountShape(forge, pusher),
  }
}

/** `*`, a name, or a glob with braces and stars; docs.gitea.com, "Webhooks". */
function passesFilter(filter: unknown, branch: string): boolean {
  if (typeof filter !== 'string' || filter === '' || filter === '*') return true
  const source = filter
    .replace(/[.+?^$()|[\]\\]/g, '\\$&')
    .replace(/\*\*?/g, (stars) => (stars === '**' ? '.*' : '[^/]*'))
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(${names.split(',').join('|')})`)
  return new RegExp(`^${source}$`).test(branch)
}

/** Calls a hook, unless its address is one that the instance does not call: that fails without a request. */
export async function callHook(forge: ForgeState, hook: Hook, message: Message): Promise<void> {
  const url = parseUrl(hook.url)
  if (!forge.settings.localHooks && url && isLoopback(url, true)) return
  await forge.hooks.deliver(hook, message)
}

/** Sends a push event for each moved branch or tag to the active hooks that want it. */
export async function giteaPushed(
  forge: ForgeState,
  repository: Repository,
  pusher: Person,
  updates: readonly RefUpdate[],
): Promise<void> {
  for (const update of updates) {
    const branch = update.ref.replace(/^refs\/heads\//, '')
    const hooks = forge.hooks
      .of(repository.id)
      .filter((hook) => hook.active && hook.events.includes('push') && passesFilter(hook.extra.branch_filter, branch))
    if (hooks.length === 0 || isZero(update.after)) continue
    const payload = await pushPayload(forge, repository, pusher, update)
    await Promise.all(hooks.map((hook) => callHook(forge, hook, giteaMessage(forge, hook, 'push', payload))))
  }
}
