import type { App } from '../../../src-preload/contract/entities/app'
import type { FailureData } from '../../../src-preload/contract/outcome'
import type { FailureHandlers } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { checkIn, formOf, withCheck } from './app-draft'
import { runAction } from './run-action'
import { apps } from './use-apps'

/** Allows the check that stood in the way and deploys again. Nothing where it is one that protects. */
const allowCheck = (app: App, failure: FailureData | null): (() => void) | undefined => {
  const check = checkIn(failure)
  if (check === null) return undefined
  const form = formOf(app)
  return () =>
    void apps
      .save({ ...form, allowedChecks: [...withCheck(form.allowedChecks, check)] })
      .then((saved) => runAction('deploy', saved), reportFailure)
}

/** What can be done about the failures of an app, wherever they are shown. */
export const failureHandlers = (
  app: App,
  failure: FailureData | null = app.lastDeploy?.failure ?? app.reason,
): FailureHandlers => ({
  retry: () => runAction('deploy', app),
  'deploy-again': () => runAction('deploy', app),
  reconnect: () => navigate(`/accounts/connect?account=${encodeURIComponent(app.source.accountId)}&for=deploys`),
  'replace-token': () => navigate('/accounts'),
  'manage-access': () => navigate('/accounts'),
  'choose-branch': () => runAction('edit', app),
  'choose-folder': () => runAction('edit', app),
  'edit-address': () => runAction('edit', app),
  'edit-app': () => runAction('edit', app),
  'allow-check': allowCheck(app, failure),
  'show-log': () => runAction('show-log', app),
  'show-key': () => runAction('key', app),
  'show-host-key': () => runAction('server', app),
  'check-server': () => runAction('server', app),
  'install-receiver': () => runAction('server', app),
  'repair-webhook': () => runAction('webhook', app),
})
