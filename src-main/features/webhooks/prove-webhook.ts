import type { AppRecord } from '../apps/apps-document'
import { readLog } from './look-at-webhook'
import { isGenuine, isWrongSignature } from './receiver-log'
import { repositoryOf, type WebhookContext } from './webhook-context'

/** How long a call of the provider may take to arrive, in ms. */
const arrivesWithinMs = 15_000
const betweenMs = 400

/**
 * Notes what the server has received up to now. The result resolves to true once something genuine has come after that,
 * and to false when time is over.
 */
export const watchArrivals = async (context: WebhookContext, app: AppRecord): Promise<() => Promise<boolean>> => {
  const { clock } = context
  const read = () => readLog(context, app, context.record(app.id))
  const before = new Set((await read()).filter(isGenuine).map(({ id }) => id))
  return async () => {
    const until = clock.now() + arrivesWithinMs
    for (;;) {
      if ((await read()).some((row) => isGenuine(row) && !before.has(row.id))) return true
      if (clock.now() >= until) return false
      await new Promise<void>((resolve) => clock.after(betweenMs, resolve))
    }
  }
}

/** Calls with a wrong signature up to now came before the secret was set on both sides: they say nothing of it. */
export const excuseEarlier = async (context: WebhookContext, app: AppRecord): Promise<void> => {
  const hook = context.record(app.id)
  const wrong = (await readLog(context, app, hook)).find(isWrongSignature)
  await context.put({ ...hook, excused: wrong?.id ?? null })
}

/**
 * Asks the provider for a test and waits for it; null where it has none.
 * @throws Failure when the provider refuses to send one
 */
export const proveWebhook = async (context: WebhookContext, app: AppRecord, id: string): Promise<boolean | null> => {
  const test = context.ability(app)?.test
  if (test === undefined) return null
  const arrived = await watchArrivals(context, app)
  await test(repositoryOf(app), id)
  return arrived()
}
