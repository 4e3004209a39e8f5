import { isRecord } from '../call'
import type { Repository } from '../entities'
import type { CommitStatus } from '../forge-state'
import { json, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, apiUrl, failure, notFound, paged, repositoryApi } from './api'
import { NEEDS } from './scopes'

const STATES = ['SUCCESSFUL', 'FAILED', 'INPROGRESS', 'STOPPED']

const shape = (status: CommitStatus) => ({
  type: 'build',
  key: status.context,
  state: status.state,
  name: status.context,
  url: status.targetUrl,
  description: status.description ?? '',
  created_on: new Date(status.createdAt).toISOString(),
})

const create = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const { forge } = call
  const sha = call.params.sha ?? ''
  const body = await call.json()
  const known = await forge.world.git.run(repository, ['cat-file', '-t', sha]).catch(() => '')
  if (!/^[0-9a-f]{40}$/.test(sha) || known.trim() !== 'commit') return notFound()
  if (!isRecord(body) || typeof body.key !== 'string' || typeof body.url !== 'string') {
    return failure(400, 'key: required key not provided')
  }
  if (typeof body.state !== 'string' || !STATES.includes(body.state)) return failure(400, 'state: not a valid value')
  const status: CommitStatus = {
    id: forge.nextId(),
    repositoryId: repository.id,
    sha,
    state: body.state,
    context: body.key,
    description: typeof body.description === 'string' ? body.description : null,
    targetUrl: body.url,
    creator: call.credential.person,
    createdAt: forge.clock.now(),
  }
  forge.statuses.push(status)
  return json(201, shape(status))
}

/** Build statuses; the newest of each key counts. */
const list = (call: ApiCall, repository: Repository): Reply => {
  const sha = call.params.sha ?? ''
  const all = call.forge.statuses.filter((one) => one.repositoryId === repository.id && one.sha === sha).reverse()
  const rows = all.filter((one, index) => all.findIndex((other) => other.context === one.context) === index)
  const path = `${repository.owner.login}/${repository.name}/commit/${sha}/statuses`
  return paged(call, rows, shape, `${apiUrl(call)}/repositories/${path}`)
}

/** Build statuses of commits. */
export const statusRoutes: readonly Route[] = [
  repositoryApi('POST /commit/:sha/statuses/build', NEEDS.read, 'write', create),
  repositoryApi('GET /commit/:sha/statuses', NEEDS.read, 'read', list),
]
