import type { InferOutput } from 'valibot'
import type { Branch } from '../../../src-preload/contract/entities/repository'
import type { Delivery, RemoteDeployKey, RemoteRepository, RemoteWebhook } from '../provider'
import type { BranchRow, DeployKey, Hook, HookEvent, Project } from './schema'

/** `internal` projects are private to the instance's people, and so to the world. */
export const toRepository = (project: InferOutput<typeof Project>): RemoteRepository => ({
  id: project.id,
  path: project.path_with_namespace,
  owner: project.namespace.full_path,
  name: project.path,
  private: project.visibility !== 'public',
  archived: project.archived,
  fork: project.forked_from_project !== null,
  language: null,
  pushedAt: project.last_activity_at,
  defaultBranch: project.empty_repo ? null : (project.default_branch ?? null),
  httpsUrl: project.http_url_to_repo || `${project.web_url}.git`,
  sshUrl: project.ssh_url_to_repo || null,
  webUrl: project.web_url,
})

export const toBranch = (row: InferOutput<typeof BranchRow>): Branch => ({
  name: row.name,
  commit: row.commit.id,
  default: row.default,
  protected: row.protected,
})

const disabledReason = ({ alert_status, disabled_until }: InferOutput<typeof Hook>): string | null => {
  if (!alert_status || alert_status === 'executable') return null
  return disabled_until ? `${alert_status} until ${disabled_until}` : alert_status
}

export const toWebhook = (hook: InferOutput<typeof Hook>): RemoteWebhook => ({
  id: hook.id,
  url: hook.url,
  active: hook.alert_status !== 'disabled',
  pushEvents: hook.push_events,
  lastStatus: null,
  disabledReason: disabledReason(hook),
})

type Event = InferOutput<typeof HookEvent>

/** The receiver's `Date`, which is the nearest to a time where the log has none of its own. */
const dateOf = (headers: Event['response_headers']): number | null => {
  const date = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'date')?.[1]
  const time = Date.parse(typeof date === 'string' ? date : '')
  return Number.isNaN(time) ? null : time
}

export const toDelivery = (event: Event): Delivery => {
  const told = event.response_status ?? ''
  const status = /^[1-5]\d\d$/.test(String(told)) ? Number(told) : null
  return {
    id: event.id,
    at: event.created_at ?? dateOf(event.response_headers),
    event: event.trigger,
    status,
    failed: status === null ? told !== '' : status < 200 || status > 299,
    milliseconds: event.execution_duration == null ? null : Math.round(event.execution_duration * 1_000),
    response: event.response_body || (status === null && told !== '' ? String(told) : null),
  }
}

export const toDeployKey = (row: InferOutput<typeof DeployKey>): RemoteDeployKey => ({
  id: row.id,
  title: row.title,
  key: row.key.trim().split(/\s+/).slice(0, 2).join(' '),
  readOnly: !row.can_push,
})
