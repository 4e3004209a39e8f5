import { isRecord } from '../call'
import { isoTime } from '../clock'
import type { Repository } from '../entities'
import type { CommitStatus } from '../forge-state'
import { json, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, apiUrl, repositoryApi } from './api'
import { invalid, unprocessable } from './errors'
import { listing } from './repositories'
import { accountShape } from './shapes'

const STATES = ['error', 'failure', 'pending', 'success']

const shape = (call: ApiCall, repository: Repository, status: CommitStatus) => ({
  id: status.id,
  url: `${apiUrl(call)}/repos/${repository.owner.login}/${repository.name}/statuses/${status.sha}`,
  state: status.state,
  description: status.description,
  target_url: status.targetUrl,
  context: status.context,
  created_at: isoTime(status.createdAt),
  updated_at: isoTime(status.createdAt),
  creator: accountShape(call.forge, status.creator),
})

const create = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const body = await call.json()
  const sha = call.params.sha ?? ''
  const known = await call.forge.world.git.run(repository, ['cat-file', '-t', sha]).catch(() => '')
  if (!/^[0-9a-f]{40}$/.test(sha) || known.trim() !== 'commit') return unprocessable(`No commit found for SHA: ${sha}`)
  if (!isRecord(body) || typeof body.state !== 'string' || !STATES.includes(body.state) || !call.credential) {
    return invalid({ resource: 'Status', code: 'custom', field: 'state', message: 'state is not included in the list' })
  }
  const text = (name: string): string | null => (typeof body[name] === 'string' ? body[name] : null)
  const status: CommitStatus = {
    id: call.forge.nextId(),
    repositoryId: repository.id,
    sha,
    state: body.state,
    context: text('context') ?? 'default',
    description: text('description'),
    targetUrl: text('target_url'),
    creator: call.credential.person,
    createdAt: call.forge.clock.now(),
  }
  call.forge.statuses.push(status)
  return json(201, shape(call, repository, status))
}

const statusesOf = async (call: ApiCall, repository: Repository): Promise<readonly CommitStatus[]> => {
  const asked = call.params.sha ?? ''
  const sha = await call.forge.world.git.run(repository, ['rev-parse', '--verify', `${asked}^{commit}`]).catch(() => '')
  return call.forge.statuses.filter((one) => one.repositoryId === repository.id && one.sha === sha.trim()).reverse()
}

const combined = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const all = await statusesOf(call, repository)
  const latest = all.filter((one, index) => all.findIndex((other) => other.context === one.context) === index)
  const failed = latest.some((one) => one.state === 'error' || one.state === 'failure')
  const pending = latest.length === 0 || latest.some((one) => one.state === 'pending')
  const state = failed ? 'failure' : pending ? 'pending' : 'success'
  return json(200, {
    state,
    statuses: latest.map((one) => shape(call, repository, one)),
    sha: latest[0]?.sha ?? call.params.sha,
    total_count: latest.length,
  })
}

const list = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const address = `${apiUrl(call)}/repositories/${repository.id}/commits/${call.params.sha}/statuses`
  return listing(call, await statusesOf(call, repository), (one) => shape(call, repository, one), address)
}

const WRITE = { scopes: ['repo:status'], permission: ['statuses', 'write'], role: 'write' } as const
const READ = { auth: 'anyone', permission: ['statuses', 'read'] } as const

/** Commit statuses; docs.github.com, "REST API endpoints for commit statuses". */
export const statusRoutes: readonly Route[] = [
  ...repositoryApi('POST /statuses/:sha', WRITE, create),
  ...repositoryApi('GET /commits/:sha/status', READ, combined),
  ...repositoryApi('GET /commits/:sha/statuses', READ, list),
]
