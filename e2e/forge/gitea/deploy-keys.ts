import { isRecord } from '../call'
import { isoTime } from '../clock'
import { type DeployKey, parsePublicKey } from '../deploy-keys'
import type { Repository } from '../entities'
import { json, noContent, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, apiUrl, failure, listing, notFound, repositoryApi } from './api'

const keysUrl = (call: ApiCall, repository: Repository): string =>
  `${apiUrl(call)}/repos/${repository.owner.login}/${repository.name}/keys`

const shape = (call: ApiCall, repository: Repository) => (key: DeployKey) => ({
  id: key.id,
  key_id: key.id + 500,
  key: key.key,
  url: `${keysUrl(call, repository)}/${key.id}`,
  title: key.title,
  fingerprint: key.fingerprint,
  created_at: isoTime(key.createdAt),
  read_only: !key.canPush,
})

const create = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const { deployKeys } = call.forge
  const body = await call.json()
  const key = isRecord(body) && typeof body.key === 'string' ? parsePublicKey(body.key) : null
  if (!isRecord(body) || typeof body.title !== 'string' || body.title === '')
    return failure(call, 422, '[Title]: Required')
  if (!key) return failure(call, 422, 'Invalid key content: ssh: no key found')
  if (!call.credential) return failure(call, 403, 'token is required')
  const here = deployKeys.of(repository.id)
  const problem = here.some((one) => one.fingerprint === key.fingerprint)
    ? 'This key has already been added to this repository'
    : deployKeys.personal.has(key.fingerprint)
      ? 'Key content has been used as non-deploy key'
      : here.some((one) => one.title === body.title)
        ? 'A key with the same name already exists'
        : null
  if (problem) return failure(call, 422, problem)
  const added = deployKeys.add({
    ...key,
    repositoryId: repository.id,
    title: body.title,
    // May push, unless it is said otherwise.
    canPush: body.read_only !== true,
    expiresAt: null,
    addedBy: call.credential.person.login,
    credential: call.credential,
  })
  return json(201, shape(call, repository)(added))
}

const list = (call: ApiCall, repository: Repository): Reply => {
  const fingerprint = call.query.get('fingerprint')
  const keys = call.forge.deployKeys.of(repository.id)
  const rows = keys.filter((key) => fingerprint === null || key.fingerprint === fingerprint)
  return listing(call, rows, shape(call, repository), keysUrl(call, repository))
}

const one =
  (handle: (call: ApiCall, repository: Repository, key: DeployKey) => Reply) =>
  (call: ApiCall, repository: Repository): Reply => {
    const key = call.forge.deployKeys.find(repository.id, call.params.key ?? '')
    return key ? handle(call, repository, key) : notFound(call)
  }

const READ = { scopes: ['read:repository'] }
const WRITE = { scopes: ['write:repository'] }

/** Deploy keys of a repository; every refusal of a new one is a 422. */
export const deployKeyRoutes: readonly Route[] = [
  ...repositoryApi('GET /keys', READ, 'admin', list),
  ...repositoryApi('POST /keys', WRITE, 'admin', create),
  ...repositoryApi(
    'GET /keys/:key',
    READ,
    'admin',
    one((call, repository, key) => json(200, shape(call, repository)(key))),
  ),
  ...repositoryApi(
    'DELETE /keys/:key',
    WRITE,
    'admin',
    one((call, _, key) => {
      call.forge.deployKeys.remove(key)
      return noContent()
    }),
  ),
]
