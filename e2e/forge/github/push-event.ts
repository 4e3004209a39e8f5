import { createHmac, randomUUID } from 'node:crypto'
import type { Person, Repository } from '../entities'
import type { ForgeState } from '../forge-state'
import type { RefUpdate } from '../git-http'
import type { Hook, Message } from '../hooks'
import { isZero, pushedCommits } from '../pushed-commits'
import { accountShape, repositoryShape } from './shapes'

const hmac = (algorithm: 'sha1' | 'sha256', secret: string, body: string): string =>
  createHmac(algorithm, secret).update(body).digest('hex')

/** A signed webhook call as GitHub sends it; docs.github.com, "Webhook events and payloads". */
export function githubMessage(hook: Hook, event: string, payload: object, guid: string = randomUUID()): Message {
  const text = JSON.stringify(payload)
  const body = hook.contentType === 'json' ? text : new URLSearchParams({ payload: text }).toString()
  return {
    event,
    guid,
    body,
    headers: {
      accept: '*/*',
      'content-type': hook.contentType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      'user-agent': 'GitHub-Hookshot/f0f0f0f',
      'x-github-event': event,
      'x-github-delivery': guid,
      'x-github-hook-id': String(hook.id),
      'x-github-hook-installation-target-id': String(hook.repositoryId),
      'x-github-hook-installation-target-type': 'repository',
      ...(hook.secret
        ? {
            'x-hub-signature': `sha1=${hmac('sha1', hook.secret, body)}`,
            'x-hub-signature-256': `sha256=${hmac('sha256', hook.secret, body)}`,
          }
        : {}),
    },
  }
}

const payloadOf = async (forge: ForgeState, repository: Repository, pusher: Person, update: RefUpdate) => {
  const commits = await pushedCommits(forge, repository, update)
  const url = `${forge.address}/${repository.owner.login}/${repository.name}`
  const shaped = commits.map((commit) => ({
    id: commit.hash,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.date,
    url: `${url}/commit/${commit.hash}`,
    author: { name: commit.author, email: commit.email, username: pusher.login },
    committer: { name: commit.author, email: commit.email, username: pusher.login },
    added: commit.added,
    removed: commit.removed,
    modified: commit.modified,
  }))
  return {
    ref: update.ref,
    before: update.before,
    after: update.after,
    base_ref: null,
    repository: {
      ...repositoryShape(forge, repository, 'admin'),
      url,
      created_at: Math.floor(repository.createdAt / 1000),
      pushed_at: Math.floor(repository.pushedAt / 1000),
      master_branch: repository.defaultBranch,
    },
    pusher: { name: pusher.login, email: pusher.email },
    sender: accountShape(forge, pusher),
    created: isZero(update.before),
    deleted: isZero(update.after),
    forced: commits.length === 0 && !isZero(update.before) && !isZero(update.after),
    compare: `${url}/compare/${update.before.slice(0, 12)}...${update.after.slice(0, 12)}`,
    commits: shaped,
    head_commit: shaped.at(-1) ?? null,
  }
}

const wants = (hook: Hook, event: string): boolean => hook.events.includes(event) || hook.events.includes('*')

/** Sends a push event for each moved branch or tag to the active hooks that want them. */
export async function githubPushed(
  forge: ForgeState,
  repository: Repository,
  pusher: Person,
  updates: readonly RefUpdate[],
): Promise<void> {
  for (const update of updates) {
    const hooks = forge.hooks.of(repository.id).filter((hook) => hook.active && wants(hook, 'push'))
    if (hooks.length === 0) continue
    const payload = await payloadOf(forge, repository, pusher, update)
    await Promise.all(hooks.map((hook) => forge.hooks.deliver(hook, githubMessage(hook, 'push', payload))))
  }
}

/** Sends the newest commit of the default branch once more, as `POST .../tests` does. */
export async function sendLatestPush(forge: ForgeState, repository: Repository, by: Person, hook: Hook): Promise<void> {
  const tips = repository.empty ? [] : await forge.world.git.branches(repository)
  const tip = tips.find(({ name }) => name === repository.defaultBranch)
  if (!tip || !wants(hook, 'push')) return
  const before = await forge.world.git.run(repository, ['rev-parse', `${tip.hash}~1`]).catch(() => '0'.repeat(40))
  const update = { before: before.trim(), after: tip.hash, ref: `refs/heads/${tip.name}` }
  await forge.hooks.deliver(hook, githubMessage(hook, 'push', await payloadOf(forge, repository, by, update)))
}
