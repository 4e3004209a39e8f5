import { isRecord } from '../call'
import { isoTime } from '../clock'
import type { Credential } from '../credentials'
import { type DeployKey, parsePublicKey } from '../deploy-keys'
import type { Repository } from '../entities'
import type { ForgeState } from '../forge-state'
import { json, noContent, type Reply, withHeaders } from '../reply'
import type { Route } from '../router'
import { type ApiCall, apiUrl, repositoryApi } from './api'
import { invalid, notFound } from './errors'
import { listing } from './repositories'

const keyUrl = (call: ApiCall, repository: Repository, key: DeployKey): string =>
  `${apiUrl(call)}/repos/${repository.owner.login}/${repository.name}/keys/${key.id}`

const shape = (call: ApiCall, repository: Repository, key: DeployKey) => ({
  id: key.id,
  key: key.key,
  url: keyUrl(call, repository, key),
  title: key.title,
  verified: true,
  created_at: isoTime(key.createdAt),
  read_only: !key.canPush,
  added_by: key.addedBy,
  last_used: null,
  enabled: key.disabled !== true,
})

const create = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const body = await call.json()
  const { deployKeys } = call.forge
  if (!call.credential) return notFound()
  if (!isRecord(body) || typeof body.key !== 'string') {
    return invalid({ resource: 'PublicKey', code: 'missing_field', field: 'key' })
  }
  const key = parsePublicKey(body.key)
  if (!key) {
    const message = 'key is invalid. You must supply a key in OpenSSH public key format'
    return invalid({ resource: 'PublicKey', code: 'custom', field: 'key', message })
  }
  if (deployKeys.personal.has(key.fingerprint) || deployKeys.withFingerprint(key.fingerprint).length > 0) {
    return invalid({ resource: 'PublicKey', code: 'custom', field: 'key', message: 'key is already in use' })
  }
  const added = deployKeys.add({
    ...key,
    repositoryId: repository.id,
    title: typeof body.title === 'string' ? body.title : key.comment,
    canPush: body.read_only !== true,
    expiresAt: null,
    addedBy: call.credential.person.login,
    credential: call.credential,
  })
  return withHeaders(json(201, shape(call, repository, added)), { location: keyUrl(call, repository, added) })
}

/** Keys made with a personal token or an OAuth app's token die with it; those of a GitHub App's token do not. */
export function dropKeysOf(forge: ForgeState, dead: Credential): void {
  if (dead.app?.kind === 'github-app') return
  for (const key of forge.deployKeys.all()) {
    if (key.credential.family === dead.family) forge.deployKeys.remove(key)
  }
}

const one = (handle: (call: ApiCall, repository: Repository, key: DeployKey) => Reply) => {
  return (call: ApiCall, repository: Repository): Reply => {
    const key = call.forge.deployKeys.find(repository.id, call.params.key ?? '')
    return key ? handle(call, repository, key) : notFound()
  }
}

const rule = (level: 'read' | 'write') =>
  ({ scopes: ['repo'], permission: ['administration', level] as const, role: 'admin' }) as const

/** Deploy keys; docs.github.com, "REST API endpoints for deploy keys". */
export const deployKeyRoutes: readonly Route[] = [
  ...repositoryApi('GET /keys', rule('read'), (call, repository) =>
    listing(
      call,
      call.forge.deployKeys.of(repository.id),
      (key) => shape(call, repository, key),
      `${apiUrl(call)}/repositories/${repository.id}/keys`,
    ),
  ),
  ...repositoryApi('POST /keys', rule('write'), create),
  ...repositoryApi(
    'GET /keys/:key',
    rule('read'),
    one((call, repository, key) => json(200, shape(call, repository, key))),
  ),
  ...repositoryApi(
    'DELETE /keys/:key',
    rule('write'),
    one((call, _, key) => {
      call.forge.deployKeys.remove(key)
      return noContent()
    }),
  ),
]
