import { isRecord } from '../call'
import type { Repository } from '../entities'
import type { CommitStatus } from '../forge-state'
import { json, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, apiUrl, notFound, projectApi, READ, WRITE } from './api'
import { offsetPage } from './listing'
import { personShape } from './shapes'

const STATES = ['pending', 'running', 'success', 'failed', 'canceled', 'skipped']

const shape = (call: ApiCall, status: CommitStatus) => ({
  id: status.id,
  sha: status.sha,
  ref: null,
  status: status.state,
  name: status.context,
  target_url: status.targetUrl,
  description: status.description,
  created_at: new Date(status.createdAt).toISOString(),
  allow_failure: false,
  author: personShape(call.forge, status.creator),
})

const create = async (call: ApiCall, project: Repository): Promise<Reply> => {
  const { forge } = call
  const sha = call.params.sha ?? ''
  const type = call.headers['content-type'] ?? ''
  const body = type.startsWith('application/json') ? await call.json() : Object.fromEntries(await call.fields())
  const fields = { ...Object.fromEntries(call.query), ...(isRecord(body) ? body : {}) }
  const known = await forge.world.git.run(project, ['cat-file', '-t', sha]).catch(() => '')
  if (!/^[0-9a-f]{40}$/.test(sha) || known.trim() !== 'commit' || !call.credential) return notFound('Commit')
  const state = fields.state
  if (typeof state !== 'string' || !STATES.includes(state))
    return json(400, { error: 'state does not have a valid value' })
  const text = (name: 'name' | 'context' | 'target_url' | 'description'): string | null => {
    const value = (fields as Readonly<Record<string, unknown>>)[name]
    return typeof value === 'string' ? value : null
  }
  const status: CommitStatus = {
    id: forge.nextId(),
    repositoryId: project.id,
    sha,
    state,
    context: text('name') ?? text('context') ?? 'default',
    description: text('description'),
    targetUrl: text('target_url'),
    creator: call.credential.person,
    createdAt: forge.clock.now(),
  }
  forge.statuses.push(status)
  return json(201, shape(call, status))
}

const list = (call: ApiCall, project: Repository): Reply => {
  const sha = call.params.sha ?? ''
  const rows = call.forge.statuses.filter((one) => one.repositoryId === project.id && one.sha === sha)
  const address = `${apiUrl(call)}/projects/${project.id}/repository/commits/${sha}/statuses`
  return offsetPage(call, rows, (one) => shape(call, one), address)
}

/** Commit statuses; docs.gitlab.com, "Commits API". */
export const statusRoutes: readonly Route[] = [
  projectApi('POST /statuses/:sha', WRITE, 'write', create),
  projectApi('GET /repository/commits/:sha/statuses', READ, 'read', list),
]
