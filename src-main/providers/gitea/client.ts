import type { Http } from '../http'
import type { ProviderClient } from '../provider'
import { createBranches } from './branches'
import { createDeployKeys } from './deploy-keys'
import { countRepositories, findRepository, listRepositories, readRepository } from './repositories'
import { createRevoke } from './revoke'
import { createStatuses } from './statuses'
import { readViewer } from './viewer'
import { createWebhooks } from './webhooks'

/** What one Gitea or Forgejo account can do. */
export const createClient = (http: Http): ProviderClient => ({
  viewer: (signal) => readViewer(http, signal),
  repositories: (options) => listRepositories(http, options),
  count: (signal) => countRepositories(http, signal),
  repository: (id, signal) => readRepository(http, id, signal),
  findRepository: (path, signal) => findRepository(http, path, signal),
  branches: createBranches(http),
  webhooks: createWebhooks(http),
  deployKeys: createDeployKeys(http),
  statuses: createStatuses(http),
  revoke: createRevoke(http),
})
