import type { App } from '../../../src-preload/contract/entities/app'
import type { FailureHandlers } from '../../failures/failure-card'
import { navigate } from '../../location'
import { runAction } from './run-action'

/** What can be done about the failures of an app, wherever they are shown. */
export const failureHandlers = (app: App): FailureHandlers => ({
  retry: () => runAction('deploy', app),
  'deploy-again': () => runAction('deploy', app),
  reconnect: () => navigate(`/accounts/connect?account=${encodeURIComponent(app.source.accountId)}&for=deploys`),
  'replace-token': () => navigate('/accounts'),
  'manage-access': () => navigate('/accounts'),
  'choose-branch': () => runAction('edit', app),
  'choose-folder': () => runAction('edit', app),
  'edit-address': () => runAction('edit', app),
  'edit-app': () => runAction('edit', app),
  'show-log': () => runAction('show-log', app),
  'show-key': () => runAction('key', app),
  'show-host-key': () => runAction('server', app),
  'check-server': () => runAction('server', app),
  'install-receiver': () => runAction('server', app),
  'repair-webhook': () => runAction('webhook', app),
})
