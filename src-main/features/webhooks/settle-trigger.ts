import type { FailureData } from '../../../src-preload/contract/outcome'
import type { WebhookContext } from './webhook-context'

/** Sets which way starts the deploys of an app, and why it is not the one that was wanted. */
export const settleTrigger = async (context: WebhookContext, appId: string): Promise<void> => {
  const { apps, servers } = context
  const app = apps.record(appId)
  if (!app.autoDeploy) return apps.setTrigger(appId, { live: 'none', why: null })
  const hook = context.record(appId)
  if (app.startsBy === 'webhook' && hook.state === 'healthy') {
    return apps.setTrigger(appId, { live: 'webhook', why: null })
  }
  const why: FailureData | null = app.startsBy === 'webhook' ? hook.reason : null
  // The timer comes with the receiver's own upkeep, so it is there also where no push can be received.
  const polling = await servers.receivers.apply(app.serverId).then(
    (status) => status.polling,
    () => false,
  )
  await apps.setTrigger(appId, { live: polling ? 'server-poll' : 'desktop-poll', why })
}
