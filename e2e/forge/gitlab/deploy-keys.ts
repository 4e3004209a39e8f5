import { isRecord } from '../call'
import { type DeployKey, parsePublicKey } from '../deploy-keys'
import { atLeast, type Repository } from '../entities'
import { json, noContent, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, apiUrl, notFound, projectApi, READ, WRITE } from './api'
import { offsetPage } from './listing'

const shape = (key: DeployKey) => ({
  id: key.id,
  title: key.title,
  key: key.comment ? `${key.key} ${key.comment}` : key.key,
  fingerprint_sha256: key.fingerprint,
  created_at: new Date(key.createdAt).toISOString(),
  expires_at: key.expiresAt,
  can_push: key.canPush,
})

const taken = (): Reply => json(400, { message: { 'deploy_key.fingerprint_sha256': ['has already been taken'] } })

/** Whether the asker administers a project that the key opens already. */
const accessible = (call: ApiCall, key: DeployKey): boolean => {
  const { world } = call.forge
  const project = world.repositoryById(key.repositoryId)
  return project !== null && atLeast(world.role(call.credential?.person ?? null, project), 'read')
}

const create = async (call: ApiCall, project: Repository): Promise<Reply> => {
  const { deployKeys } = call.forge
  const type = call.headers['content-type'] ?? ''
  const body = type.startsWith('application/json') ? await call.json() : Object.fromEntries(await call.fields())
  if (!isRecord(body) || typeof body.key !== 'string') return json(400, { error: 'key is missing' })
  if (typeof body.title !== 'string') return json(400, { error: 'title is missing' })
  if (!call.credential) return notFound('Project')
  const key = parsePublicKey(body.key)
  if (!key) return json(400, { message: { 'deploy_key.key': ['must be a valid public key'] } })
  const known = deployKeys.withFingerprint(key.fingerprint)
  const here = known.find((one) => one.repositoryId === project.id && one.comment === key.comment)
  if (here) return json(201, shape(here))
  const elsewhere = known.find((one) => one.comment === key.comment && accessible(call, one))
  if (known.length > 0 && !elsewhere) return taken()
  const added = deployKeys.add(
    {
      ...key,
      repositoryId: project.id,
      title: elsewhere?.title ?? body.title,
      canPush: String(body.can_push ?? 'false') === 'true',
      expiresAt: typeof body.expires_at === 'string' ? body.expires_at : null,
      addedBy: call.credential.person.login,
      credential: call.credential,
    },
    elsewhere?.id,
  )
  return json(201, shape(added))
}

const one = (handle: (call: ApiCall, key: DeployKey) => Reply) => (call: ApiCall, project: Repository) => {
  const key = call.forge.deployKeys.find(project.id, call.params.key ?? '')
  return key ? handle(call, key) : notFound('Deploy Key')
}

const enable = (call: ApiCall, project: Repository): Reply => {
  const { deployKeys } = call.forge
  const key = deployKeys.all().find((other) => String(other.id) === call.params.key && accessible(call, other))
  if (!key) return notFound('Deploy Key')
  return json(
    201,
    shape(deployKeys.find(project.id, String(key.id)) ?? deployKeys.add({ ...key, repositoryId: project.id }, key.id)),
  )
}

/** Deploy keys, read-only unless asked otherwise; docs.gitlab.com, "Deploy keys API". */
export const deployKeyRoutes: readonly Route[] = [
  projectApi('GET /deploy_keys', READ, 'maintain', (call, project) =>
    offsetPage(call, call.forge.deployKeys.of(project.id), shape, `${apiUrl(call)}/projects/${project.id}/deploy_keys`),
  ),
  projectApi('POST /deploy_keys', WRITE, 'maintain', create),
  projectApi(
    'GET /deploy_keys/:key',
    READ,
    'maintain',
    one((_, key) => json(200, shape(key))),
  ),
  projectApi(
    'DELETE /deploy_keys/:key',
    WRITE,
    'maintain',
    one((call, key) => {
      call.forge.deployKeys.remove(key)
      return noContent()
    }),
  ),
  projectApi('POST /deploy_keys/:key/enable', WRITE, 'maintain', enable),
]
