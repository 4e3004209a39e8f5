import { isRecord } from '../call'
import type { Repository } from '../entities'
import type { Delivery, Hook } from '../hooks'
import { rateWindow } from '../rate-window'
import { json, noContent, type Reply } from '../reply'
import type { Route } from '../router'
import { isLoopback, parseUrl } from '../sign-in'
import { type ApiCall, apiUrl, notFound, projectApi, READ, WRITE } from './api'
import { offsetPage } from './listing'
import { alertStatus, gitlabMessage, pushPayload } from './push-event'

type Fields = Readonly<Record<string, unknown>>

const TEXTS = ['name', 'description', 'push_events_branch_filter', 'branch_filter_strategy'] as const
const FLAGS = ['tag_push_events', 'merge_requests_events', 'issues_events', 'note_events', 'pipeline_events'] as const

const iso = (time: number): string => new Date(time).toISOString()

const shape = (call: ApiCall, project: Repository, hook: Hook) => {
  const alert = alertStatus(call.forge, hook)
  return {
    id: hook.id,
    url: hook.url,
    name: hook.extra.name ?? null,
    description: hook.extra.description ?? null,
    created_at: iso(hook.createdAt),
    push_events: hook.events.includes('push'),
    ...Object.fromEntries(FLAGS.map((flag) => [flag, hook.extra[flag] === true])),
    repository_update_events: false,
    enable_ssl_verification: !hook.insecureSsl,
    alert_status: alert.status,
    disabled_until: alert.until === null ? null : iso(alert.until),
    url_variables: [],
    push_events_branch_filter: hook.extra.push_events_branch_filter ?? null,
    branch_filter_strategy: hook.extra.branch_filter_strategy ?? 'wildcard',
    custom_webhook_template: null,
    custom_headers: [],
    project_id: project.id,
    ...(call.forge.settings.signingTokens
      ? { token_present: hook.secret !== null, signing_token_present: typeof hook.extra.signing_token === 'string' }
      : {}),
  }
}

/** Parameters of the body, JSON or form, or of the query: GitLab takes them all. */
const parameters = async (call: ApiCall): Promise<Fields> => {
  const type = call.headers['content-type'] ?? ''
  const body = type.startsWith('application/json') ? await call.json() : Object.fromEntries(await call.fields())
  return { ...Object.fromEntries(call.query), ...(isRecord(body) ? body : {}) }
}

const flag = (value: unknown): boolean | undefined =>
  value === undefined || value === null ? undefined : String(value) === 'true' || String(value) === '1'

const urlProblem = (call: ApiCall, value: unknown): Reply | null => {
  if (value === undefined || value === '') return json(400, { error: 'url is missing' })
  const url = typeof value === 'string' ? parseUrl(value) : null
  if (!url || !/^https?:$/.test(url.protocol)) return json(422, { error: 'Invalid url given' })
  return !call.forge.settings.localHooks && isLoopback(url, true)
    ? json(422, { message: { url: ['is blocked: Requests to localhost are not allowed'] } })
    : null
}

const SIGNING_TOKEN = /^whsec_[A-Za-z0-9+/]{43}=$/

const extraOf = (call: ApiCall, fields: Fields, before: Fields): Fields => {
  const texts = TEXTS.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]] as const)
  const flags = FLAGS.filter((name) => fields[name] !== undefined).map((name) => [name, flag(fields[name])] as const)
  const signing = call.forge.settings.signingTokens ? fields.signing_token : undefined
  return {
    ...before,
    ...Object.fromEntries([...texts, ...flags]),
    ...(typeof signing === 'string' ? { signing_token: signing === '' ? undefined : signing } : {}),
  }
}

const signingProblem = (call: ApiCall, fields: Fields): Reply | null => {
  const signing = fields.signing_token
  if (!call.forge.settings.signingTokens || typeof signing !== 'string' || signing === '') return null
  return SIGNING_TOKEN.test(signing) ? null : json(422, { message: { signing_token: ['is invalid'] } })
}

const create = async (call: ApiCall, project: Repository): Promise<Reply> => {
  const fields = await parameters(call)
  const problem = urlProblem(call, fields.url) ?? signingProblem(call, fields)
  if (problem) return problem
  const hook = call.forge.hooks.add({
    repositoryId: project.id,
    url: String(fields.url),
    secret: typeof fields.token === 'string' && fields.token !== '' ? fields.token : null,
    events: (flag(fields.push_events) ?? true) ? ['push'] : [],
    active: true,
    contentType: 'json',
    insecureSsl: flag(fields.enable_ssl_verification) === false,
    extra: extraOf(call, fields, {}),
  })
  return json(201, shape(call, project, hook))
}

const change = async (call: ApiCall, project: Repository, hook: Hook): Promise<Reply> => {
  const fields = await parameters(call)
  const problem = urlProblem(call, fields.url) ?? signingProblem(call, fields)
  if (problem) return problem
  const moved = fields.url !== hook.url
  hook.url = String(fields.url)
  // A new address gets no secret of the old one.
  if (moved) hook.secret = null
  if (moved) hook.extra = { ...hook.extra, signing_token: undefined }
  if (typeof fields.token === 'string') hook.secret = fields.token === '' ? null : fields.token
  const push = flag(fields.push_events)
  if (push !== undefined) hook.events = push ? ['push'] : []
  const verify = flag(fields.enable_ssl_verification)
  if (verify !== undefined) hook.insecureSsl = !verify
  hook.extra = extraOf(call, fields, hook.extra)
  call.forge.hooks.touch(hook)
  return json(200, shape(call, project, hook))
}

const TESTS_A_MINUTE = 5

const test = async (call: ApiCall, project: Repository, hook: Hook): Promise<Reply> => {
  const { forge, credential } = call
  const window = rateWindow(forge, `test ${project.id} ${credential?.person.id}`, 60_000)
  window.used += 1
  if (window.used > TESTS_A_MINUTE) {
    return json(429, { message: { error: 'This endpoint has been requested too many times. Try again later.' } })
  }
  const tips = project.empty ? [] : await forge.world.git.branches(project)
  const tip = tips.find(({ name }) => name === project.defaultBranch)
  if (!tip || !credential) return json(422, { message: 'Ensure the project has at least one commit.' })
  const update = { before: tip.hash, after: tip.hash, ref: `refs/heads/${tip.name}` }
  const payload = await pushPayload(forge, project, credential.person, update)
  const delivery = await forge.hooks.deliver(hook, gitlabMessage(forge, hook, 'Push Hook', payload))
  const status = delivery.response?.status ?? 0
  return status >= 200 && status < 300
    ? json(201, { message: '201 Created' })
    : json(422, { message: delivery.failure ?? `Hook executed successfully but returned HTTP ${status}` })
}

const eventShape = (delivery: Delivery) => ({
  id: delivery.id,
  url: delivery.request.url,
  trigger: 'push_hooks',
  request_headers: { ...delivery.request.headers, 'x-gitlab-token': '[REDACTED]' },
  request_data: JSON.parse(delivery.request.body),
  response_headers: delivery.response?.headers ?? {},
  response_body: delivery.response?.body ?? delivery.failure,
  response_status: delivery.response ? String(delivery.response.status) : 'internal error',
  execution_duration: delivery.duration,
  created_at: iso(delivery.deliveredAt),
})

const eventsOf = (call: ApiCall, hook: Hook): readonly Delivery[] => [...call.forge.hooks.deliveries(hook)].reverse()

/** The log of the last calls, since 17.3, at most 20 a page. */
const events = (call: ApiCall, project: Repository, hook: Hook): Reply => {
  const [major = 0, minor = 0] = call.forge.settings.version.split('.').map(Number)
  if (major < 17 || (major === 17 && minor < 3)) return json(404, { error: '404 Not Found' })
  const size = call.query.get('per_page') ?? '20'
  if (!/^\d+$/.test(size) || Number(size) < 1 || Number(size) > 20) {
    return json(400, { error: 'per_page does not have a valid value' })
  }
  return offsetPage(call, eventsOf(call, hook), eventShape, `${hooksUrl(call, project)}/${hook.id}/events`)
}

const resend = async (call: ApiCall, _: Repository, hook: Hook): Promise<Reply> => {
  const delivery = eventsOf(call, hook).find((one) => String(one.id) === call.params.event)
  if (!delivery) return notFound('WebHookLog')
  const message = gitlabMessage(call.forge, hook, delivery.event, JSON.parse(delivery.request.body))
  const sent = await call.forge.hooks.deliver(hook, message, true)
  return json(201, { response_status: sent.response?.status ?? 'internal error' })
}

type HookHandler = (call: ApiCall, project: Repository, hook: Hook) => Reply | Promise<Reply>

const inHook = (handle: HookHandler) => (call: ApiCall, project: Repository) => {
  const hook = call.forge.hooks.find(project.id, call.params.hook ?? '')
  return hook ? handle(call, project, hook) : notFound('Project Hook')
}

const hooksUrl = (call: ApiCall, project: Repository): string => `${apiUrl(call)}/projects/${project.id}/hooks`

/** Project webhooks, for maintainers; docs.gitlab.com, "Project webhooks API". */
export const hookRoutes: readonly Route[] = [
  projectApi('GET /hooks', READ, 'maintain', (call, project) =>
    offsetPage(call, call.forge.hooks.of(project.id), (hook) => shape(call, project, hook), hooksUrl(call, project)),
  ),
  projectApi('POST /hooks', WRITE, 'maintain', create),
  projectApi(
    'GET /hooks/:hook',
    READ,
    'maintain',
    inHook((call, project, hook) => json(200, shape(call, project, hook))),
  ),
  projectApi('PUT /hooks/:hook', WRITE, 'maintain', inHook(change)),
  // Called twice, the second call finds nothing: a client takes that 404 for success.
  projectApi('DELETE /hooks/:hook', WRITE, 'maintain', (call, project) => {
    const hook = call.forge.hooks.find(project.id, call.params.hook ?? '')
    if (hook) call.forge.hooks.remove(hook)
    return hook ? noContent() : notFound('Project Hook')
  }),
  projectApi('POST /hooks/:hook/test/push_events', WRITE, 'maintain', inHook(test)),
  projectApi('GET /hooks/:hook/events', READ, 'maintain', inHook(events)),
  projectApi('POST /hooks/:hook/events/:event/resend', WRITE, 'maintain', inHook(resend)),
]
