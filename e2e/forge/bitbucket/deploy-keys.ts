import { isRecord } from '../call'
import { type DeployKey, parsePublicKey } from '../deploy-keys'
import type { Repository } from '../entities'
import { json, noContent, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, apiUrl, failure, notFound, paged, repositoryApi } from './api'
import { NEEDS } from './scopes'

const keysUrl = (call: ApiCall, repository: Repository): string =>
  `${apiUrl(call)}/repositories/${repository.owner.login}/${repository.name}/deploy-keys`

const shape = (call: ApiCall, repository: Repository, key: DeployKey) => ({
  type: 'deploy_key',
  id: key.id,
  key: key.key,
  label: key.title,
  comment: key.comment,
  created_on: new Date(key.createdAt).toISOString(),
  last_used: null,
  links: { self: { href: `${keysUrl(call, repository)}/${key.id}` } },
})

/** Always read-only, and 200 for a new one. The same key may open many repositories, but be nobody's own key. */
const create = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const { deployKeys } = call.forge
  const body = await call.json()
  const key = isRecord(body) && typeof body.key === 'string' ? parsePublicKey(body.key) : null
  if (!key || !isRecord(body)) return failure(400, 'Invalid SSH key.')
  if (deployKeys.personal.has(key.fingerprint)) return failure(400, 'Someone has already registered that SSH key.')
  if (deployKeys.withFingerprint(key.fingerprint).some((one) => one.repositoryId === repository.id)) {
    return failure(400, 'This deploy key already exists for this repository.')
  }
  const added = deployKeys.add({
    ...key,
    repositoryId: repository.id,
    title: typeof body.label === 'string' ? body.label : '',
    canPush: false,
    expiresAt: null,
    addedBy: call.credential.person.login,
    credential: call.credential,
  })
  return json(200, shape(call, repository, added))
}

const one =
  (handle: (call: ApiCall, repository: Repository, key: DeployKey) => Reply) =>
  (call: ApiCall, repository: Repository): Reply => {
    const key = call.forge.deployKeys.find(repository.id, call.params.key ?? '')
    return key ? handle(call, repository, key) : notFound()
  }

/** Deploy keys, called access keys on the site. */
export const deployKeyRoutes: readonly Route[] = [
  repositoryApi('GET /deploy-keys', NEEDS.readKeys, 'admin', (call, repository) =>
    paged(
      call,
      call.forge.deployKeys.of(repository.id),
      (key) => shape(call, repository, key),
      keysUrl(call, repository),
    ),
  ),
  repositoryApi('POST /deploy-keys', NEEDS.writeKeys, 'admin', create),
  repositoryApi(
    'GET /deploy-keys/:key',
    NEEDS.readKeys,
    'admin',
    one((call, repository, key) => json(200, shape(call, repository, key))),
  ),
  repositoryApi(
    'DELETE /deploy-keys/:key',
    NEEDS.deleteKeys,
    'admin',
    one((call, _, key) => {
      call.forge.deployKeys.remove(key)
      return noContent()
    }),
  ),
]
