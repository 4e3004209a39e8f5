import type { Deploy } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'
import type { Log } from '../../log/log'
import type { AccountAccess } from '../accounts/account-access'
import type { AppRecord } from './apps-document'
import type { OwnPhase } from './to-deploy'

/** Older ones are no news for anybody who looks at the commit, in ms. */
const newsLife = 86_400_000

const told: Partial<Record<Deploy['state'], 'success' | 'failure'>> = {
  succeeded: 'success',
  failed: 'failure',
  cancelled: 'failure',
}

const words = ({ state }: Deploy, server: string): string =>
  state === 'succeeded' ? `Deployed to ${server}` : state === 'cancelled' ? 'Deploy cancelled' : 'Deploy failed'

export interface ReportParts {
  readonly access: Pick<AccountAccess, 'open'>
  readonly serverName: (serverId: string) => string
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Log, 'warn'>
}

/**
 * Puts the outcome on the commit, where the account may. A refusal changes nothing about the deploy, so it is only
 * written to the log. @returns the phase that it took, or none when there was nothing to report
 */
export const reportDeploy = async (
  parts: ReportParts,
  app: AppRecord,
  deploy: Deploy,
): Promise<readonly OwnPhase[]> => {
  const state = told[deploy.state]
  const { accountId, repositoryId, path } = app.source
  const startedAt = parts.clock.now()
  if (state === undefined || deploy.commit === null || repositoryId === null) return []
  if (startedAt - deploy.startedAt > newsLife) return []
  try {
    const { statuses } = parts.access.open(accountId).client
    if (statuses === undefined) return []
    await statuses.report({ id: repositoryId, path }, deploy.commit, {
      state,
      description: words(deploy, parts.serverName(app.serverId)),
      context: `cloudaipilot/${app.name}`,
    })
  } catch (error) {
    const code = error instanceof Failure ? error.code : 'unexpected'
    parts.log.warn('The outcome of a deploy could not be put on its commit', { code })
  }
  return [{ phase: 'report', startedAt, milliseconds: parts.clock.now() - startedAt }]
}
