import { isRecord } from '../call'
import { isoTime } from '../clock'
import type { Repository } from '../entities'
import type { Hook } from '../hooks'
import { json, noContent, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, apiUrl, failure, listing, notFound, repositoryApi } from './api'
import { callHook, giteaMessage, pushPayload } from './push-event'

type Fields = Readonly<Record<string, unknown>>

const TYPES = [
  'gitea',
  'forgejo',
  'gogs',
  'slack',
  'discord',
  'dingtalk',
  'telegram',
  'msteams',
  'feishu',
  'wechatwork',
  'packagist',
]

/** Forgejo has address and content type beside `config`, which it calls deprecated. */
const shape = ({ forge }: ApiCall, hook: Hook) => ({
  id: hook.id,
  type: hook.extra.type,
  branch_filter: hook.extra.branch_filter ?? '',
  config: { content_type: hook.contentType, url: hook.url },
  ...(forge.dialect === 'forgejo' && { url: hook.url, content_type: hook.contentType, metadata: null }),
  events: hook.events,
  authorization_header: hook.extra.authorization_header ?? '',
  active: hook.active,
  updated_at: isoTime(hook.updatedAt),
  created_at: isoTime(hook.createdAt),
})

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Nothing given means pushes. */
const eventsOf = (fields: Fields): readonly string[] => {
  const events = texts(fields.events)
  return events.length > 0 ? events : ['push']
}

const extraOf = (fields: Fields, type: unknown): Fields => ({
  type,
  branch_filter: text(fields.branch_filter),
  authorization_header: text(fields.authorization_header),
})

const configProblem = (fields: Fields): string | null => {
  const config = isRecord(fields.config) ? fields.config : {}
  if (!TYPES.includes(text(fields.type))) return `Invalid hook type: ${text(fields.type)}`
  const missing = ['url', 'content_type'].find((name) => !(name in config))
  if (missing) return `Missing config option: ${missing}`
  return ['json', 'form'].includes(text(config.content_type)) ? null : 'Invalid content type'
}

const create = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const body = await call.json()
  const fields = isRecord(body) ? body : {}
  const problem = configProblem(fields)
  if (problem) return failure(call, 422, problem)
  const config = isRecord(fields.config) ? fields.config : {}
  const hook = call.forge.hooks.add({
    repositoryId: repository.id,
    url: text(config.url),
    secret: text(config.secret) || null,
    events: eventsOf(fields),
    // Off, unless it is said otherwise.
    active: fields.active === true,
    contentType: config.content_type === 'form' ? 'form' : 'json',
    insecureSsl: false,
    extra: extraOf(fields, fields.type),
  })
  return json(201, shape(call, hook))
}

/**
 * Events, branch filter and authorization header that are left out are reset; of `config` only address and content type
 * are taken. The secret stays as it was.
 */
const change = async (call: ApiCall, _: Repository, hook: Hook): Promise<Reply> => {
  const body = await call.json()
  const fields = isRecord(body) ? body : {}
  const config = isRecord(fields.config) ? fields.config : {}
  if (typeof config.url === 'string') hook.url = config.url
  if (config.content_type === 'json' || config.content_type === 'form') hook.contentType = config.content_type
  hook.events = eventsOf(fields)
  hook.extra = extraOf(fields, hook.extra.type)
  if (typeof fields.active === 'boolean') hook.active = fields.active
  call.forge.hooks.touch(hook)
  return json(200, shape(call, hook))
}

const test = async (call: ApiCall, repository: Repository, hook: Hook): Promise<Reply> => {
  const { forge, person } = call
  const tips = repository.empty ? [] : await forge.world.git.branches(repository)
  const wanted = (call.query.get('ref') ?? repository.defaultBranch).replace(/^refs\/heads\//, '')
  const tip = tips.find(({ name }) => name === wanted)
  if (!tip || !person) return notFound(call)
  const update = { before: tip.hash, after: tip.hash, ref: `refs/heads/${tip.name}` }
  const payload = await pushPayload(forge, repository, person, update)
  void callHook(forge, hook, giteaMessage(forge, hook, 'push', payload))
  return noContent()
}

type HookHandler = (call: ApiCall, repository: Repository, hook: Hook) => Reply | Promise<Reply>

const inHook = (handle: HookHandler) => (call: ApiCall, repository: Repository) => {
  const hook = call.forge.hooks.find(repository.id, call.params.hook ?? '')
  return hook ? handle(call, repository, hook) : notFound(call)
}

const READ = { scopes: ['read:repository'] }
const WRITE = { scopes: ['write:repository'] }

/** Webhooks of a repository, for its administrators. What was delivered is not told by the API. */
export const hookRoutes: readonly Route[] = [
  ...repositoryApi('GET /hooks', READ, 'admin', (call, repository) => {
    const path = `${repository.owner.login}/${repository.name}`
    return listing(
      call,
      call.forge.hooks.of(repository.id),
      (hook) => shape(call, hook),
      `${apiUrl(call)}/repos/${path}/hooks`,
    )
  }),
  ...repositoryApi('POST /hooks', WRITE, 'admin', create),
  ...repositoryApi(
    'GET /hooks/:hook',
    READ,
    'admin',
    inHook((call, _, hook) => json(200, shape(call, hook))),
  ),
  ...repositoryApi('PATCH /hooks/:hook', WRITE, 'admin', inHook(change)),
  ...repositoryApi(
    'DELETE /hooks/:hook',
    WRITE,
    'admin',
    inHook((call, _, hook) => {
      call.forge.hooks.remove(hook)
      return noContent()
    }),
  ),
  ...repositoryApi('POST /hooks/:hook/tests', WRITE, 'admin', inHook(test)),
]
