import type { InferOutput } from 'valibot'
import type { Branch } from '../../../src-preload/contract/entities/repository'
import type { RemoteDeployKey, RemoteRepository, RemoteWebhook } from '../provider'
import type { BranchRow, DeployKey, Hook, Repository } from './schema'

/** A default branch is named for empty repositories too; the time is that of the last change of any kind. */
export const toRepository = (row: InferOutput<typeof Repository>): RemoteRepository => ({
  id: row.id,
  path: row.full_name,
  owner: row.owner.login,
  name: row.name,
  private: row.private,
  archived: row.archived,
  fork: row.fork,
  language: row.language || null,
  pushedAt: row.updated_at,
  defaultBranch: row.empty ? null : (row.default_branch ?? null),
  httpsUrl: row.clone_url,
  sshUrl: row.ssh_url || null,
  webUrl: row.html_url,
})

export const toBranch = (row: InferOutput<typeof BranchRow>, defaultBranch: string | null): Branch => ({
  name: row.name,
  commit: row.commit.id,
  default: row.name === defaultBranch,
  protected: row.protected,
})

export const toWebhook = (hook: InferOutput<typeof Hook>): RemoteWebhook => ({
  id: hook.id,
  url: hook.url || hook.config?.url || '',
  active: hook.active,
  pushEvents: hook.events.includes('push'),
  lastStatus: null,
  disabledReason: null,
})

export const toDeployKey = (row: InferOutput<typeof DeployKey>): RemoteDeployKey => ({
  id: row.id,
  title: row.title,
  key: row.key.trim().split(/\s+/).slice(0, 2).join(' '),
  readOnly: row.read_only,
})
