import type { InferOutput } from 'valibot'
import type { Branch } from '../../../src-preload/contract/entities/repository'
import type { Delivery, RemoteDeployKey, RemoteRepository, RemoteWebhook } from '../provider'
import type { BranchRow, DeployKey, Hook, HookDelivery, RepositoryRow } from './schema'

/** GitHub names a default branch for empty repositories too; that it does not exist shows when branches are listed. */
export const toRepository = (row: InferOutput<typeof RepositoryRow>): RemoteRepository => ({
  id: row.id,
  path: row.full_name,
  owner: row.owner.login,
  name: row.name,
  private: row.private,
  archived: row.archived,
  fork: row.fork,
  language: row.language ?? null,
  pushedAt: row.pushed_at,
  defaultBranch: row.default_branch ?? null,
  httpsUrl: row.clone_url,
  sshUrl: row.ssh_url || null,
  webUrl: row.html_url,
})

export const toBranch = (row: InferOutput<typeof BranchRow>, defaultBranch: string | null): Branch => ({
  name: row.name,
  commit: row.commit.sha,
  default: row.name === defaultBranch,
  protected: row.protected,
})

export const toWebhook = (hook: InferOutput<typeof Hook>): RemoteWebhook => ({
  id: hook.id,
  url: hook.config?.url ?? '',
  active: hook.active,
  pushEvents: hook.events.some((event) => event === 'push' || event === '*'),
  lastStatus: hook.last_response?.code || null,
  disabledReason: null,
})

export const toDelivery = (row: InferOutput<typeof HookDelivery>): Delivery => ({
  id: row.id,
  at: row.delivered_at,
  event: row.event,
  status: row.status_code || null,
  failed: row.status_code != null && (row.status_code < 200 || row.status_code > 299),
  milliseconds: row.duration == null ? null : Math.round(row.duration * 1_000),
  response: row.status ?? null,
})

export const toDeployKey = (row: InferOutput<typeof DeployKey>): RemoteDeployKey => ({
  id: row.id,
  title: row.title,
  key: row.key.trim().split(/\s+/).slice(0, 2).join(' '),
  readOnly: row.read_only,
})
