import type { AppForm } from '../../src-preload/contract/entities/app'

/** An app as the window sends it, for questions about it: `shop` of acme, deployed to one server by a webhook. */
export const sampleAppForm: AppForm = {
  id: 'p',
  name: 'shop',
  accountId: 'a',
  repositoryId: '1',
  address: '',
  branch: 'main',
  rootFolder: '',
  watchPaths: [],
  serverId: 's',
  folder: '/srv/shop',
  command: 'npm ci\nnpm start',
  variables: [],
  autoDeploy: true,
  startsBy: 'webhook',
  submodules: false,
  lfs: false,
  allowedChecks: [],
}
