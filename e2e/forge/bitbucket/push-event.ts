import { createHmac, randomUUID } from 'node:crypto'
import type { Person, Repository } from '../entities'
import type { ForgeState } from '../forge-state'
import type { RefUpdate } from '../git-http'
import type { Hook, Message } from '../hooks'
import { isZero, pushedCommits } from '../pushed-commits'
import { personShape, repositoryShape } from './shapes'

/** A webhook call as Bitbucket sends it: `X-Hub-Signature` carries SHA-256, and only where there is a secret. */
export function bitbucketMessage(hook: Hook, event: string, payload: object): Message {
  const body = JSON.stringify(payload)
  const guid = randomUUID()
  const signature = hook.secret && createHmac('sha256', hook.secret).update(body).digest('hex')
  return {
    event,
    guid,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Bitbucket-Webhooks/2.0',
      'x-event-key': event,
      'x-hook-uuid': hook.uuid,
      'x-request-uuid': guid,
      'x-attempt-number': '1',
      ...(signature ? { 'x-hub-signature': `sha256=${signature}` } : {}),
    },
  }
}

const endOf = (update: RefUpdate, hash: string) => {
  const tag = update.ref.startsWith('refs/tags/')
  const name = update.ref.replace(/^refs\/(heads|tags)\//, '')
  return isZero(hash) ? null : { type: tag ? 'tag' : 'branch', name, target: { type: 'commit', hash } }
}

const change = async (forge: ForgeState, repository: Repository, update: RefUpdate) => {
  const commits = await pushedCommits(forge, repository, update)
  return {
    old: endOf(update, update.before),
    new: endOf(update, update.after),
    created: isZero(update.before),
    closed: isZero(update.after),
    forced: commits.length === 0 && !isZero(update.before) && !isZero(update.after),
    truncated: false,
    // Newest first, unlike elsewhere.
    commits: [...commits].reverse().map((commit) => ({
      type: 'commit',
      hash: commit.hash,
      message: commit.message,
      date: commit.date,
      author: { type: 'author', raw: `${commit.author} <${commit.email}>` },
    })),
  }
}

/** Sends one `repo:push` with all changes of the push to the active hooks that want it. */
export async function bitbucketPushed(
  forge: ForgeState,
  repository: Repository,
  pusher: Person,
  updates: readonly RefUpdate[],
): Promise<void> {
  const hooks = forge.hooks.of(repository.id).filter((hook) => hook.active && hook.events.includes('repo:push'))
  if (hooks.length === 0) return
  const changes = await Promise.all(updates.map((update) => change(forge, repository, update)))
  const payload = {
    push: { changes },
    actor: personShape(forge, pusher),
    repository: repositoryShape(forge, repository, null),
  }
  await Promise.all(hooks.map((hook) => forge.hooks.deliver(hook, bitbucketMessage(hook, 'repo:push', payload))))
}
