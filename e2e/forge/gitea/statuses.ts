import { isRecord } from '../call'
import { isoTime } from '../clock'
import type { Repository } from '../entities'
import type { CommitStatus } from '../forge-state'
import { json, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, apiUrl, failure, listing, notFound, repositoryApi } from './api'
import { accountShape } from './shapes'

const STATES = ['pending', 'success', 'error', 'failure', 'warning']

const shape = (call: ApiCall) => (status: CommitStatus) => ({
  id: status.id,
  status: status.state,
  target_url: status.targetUrl ?? '',
  description: status.description ?? '',
  context: status.context,
  creator: accountShape(call.forge, status.creator),
  created_at: isoTime(status.createdAt),
  updated_at: isoTime(status.createdAt),
})

const create = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const { forge, person } = call
  const sha = call.params.sha ?? ''
  const body = await call.json()
  const known = await forge.world.git.run(repository, ['cat-file', '-t', sha]).catch(() => '')
  if (!/^[0-9a-f]{40}$/.test(sha) || known.trim() !== 'commit' || !person) return notFound(call)
  const state = isRecord(body) && typeof body.state === 'string' ? body.state : ''
  if (!isRecord(body) || !STATES.includes(state)) return failure(call, 422, 'Invalid state')
  const text = (name: string): string | null => (typeof body[name] === 'string' ? body[name] : null)
  const status: CommitStatus = {
    id: forge.nextId(),
    repositoryId: repository.id,
    sha,
    state,
    context: text('context') ?? 'default',
    description: text('description'),
    targetUrl: text('target_url'),
    creator: person,
    createdAt: forge.clock.now(),
  }
  forge.statuses.push(status)
  return json(201, shape(call)(status))
}

const list = (call: ApiCall, repository: Repository): Reply => {
  const sha = call.params.sha ?? ''
  const rows = call.forge.statuses.filter((one) => one.repositoryId === repository.id && one.sha === sha).reverse()
  const path = `${repository.owner.login}/${repository.name}`
  return listing(call, rows, shape(call), `${apiUrl(call)}/repos/${path}/statuses/${sha}`)
}

/** Commit statuses. */
export const statusRoutes: readonly Route[] = [
  ...repositoryApi('POST /statuses/:sha', { scopes: ['write:repository'] }, 'write', create),
  ...repositoryApi('GET /statuses/:sha', { scopes: ['read:repository'], anyone: true }, 'read', list),
]
