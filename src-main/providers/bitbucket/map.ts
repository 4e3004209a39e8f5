import { type InferOutput, safeParse } from 'valibot'
import type { Branch } from '../../../src-preload/contract/entities/repository'
import type { RemoteDeployKey, RemoteRepository, RemoteWebhook } from '../provider'
import { encodePath } from '../repository-path'
import { type BranchRow, type DeployKey, type Hook, HttpsClone, type Repository, SshClone } from './schema'

type Row = InferOutput<typeof Repository>

const cloneAddress = <S extends typeof HttpsClone | typeof SshClone>(
  row: Row,
  name: string,
  schema: S,
): string | null => {
  const link = row.links.clone?.find((one) => one?.name === name)
  const parsed = safeParse(schema, link?.href)
  return parsed.success ? parsed.output : null
}

/**
 * Bitbucket archives nothing, and knows the time of the last change of any kind instead of the last push. What its rows
 * must hold is little: workspace and slug follow from the path, and so do the addresses.
 */
export const toRepository = (row: Row, host: string): RemoteRepository => {
  const [owner = '', name = ''] = row.full_name.split('/')
  const webUrl = row.links.html?.href || `${host}/${encodePath([owner, name])}`
  return {
    id: row.uuid,
    path: row.full_name,
    owner: row.workspace?.slug || owner,
    name: row.slug || name,
    private: row.is_private,
    archived: false,
    fork: row.parent !== null,
    language: row.language || null,
    pushedAt: row.updated_on,
    defaultBranch: row.mainbranch?.name ?? null,
    httpsUrl: cloneAddress(row, 'https', HttpsClone) ?? `${webUrl}.git`,
    sshUrl: cloneAddress(row, 'ssh', SshClone),
    webUrl,
  }
}

export const toBranch = (row: InferOutput<typeof BranchRow>, defaultBranch: string | null): Branch => ({
  name: row.name,
  commit: row.target.hash,
  default: row.name === defaultBranch,
  protected: false,
})

export const toWebhook = (hook: InferOutput<typeof Hook>): RemoteWebhook => ({
  id: hook.uuid,
  url: hook.url,
  active: hook.active,
  pushEvents: hook.events.includes('repo:push'),
  lastStatus: null,
  disabledReason: null,
})

/** Deploy keys of Bitbucket read and never write. */
export const toDeployKey = (row: InferOutput<typeof DeployKey>): RemoteDeployKey => ({
  id: row.id,
  title: row.label,
  key: row.key.trim().split(/\s+/).slice(0, 2).join(' '),
  readOnly: true,
})
