import type { AppRecord } from '../apps/apps-document'
import { readLog } from './look-at-webhook'
import { isGenuine, isWrongSignature } from './receiver-log'
import { repositoryOf, type WebhookContext } from './webhook-context'

/** How long a call of the provider may take to arrive, in ms. */
const arrivesWithinMs = 15_000
const betweenMs = 400

/**
 * Notes what the server has received up to now. The result resolves to true once something genuine has come after that,
 * and to false when time is over. `excuse`: calls with a wrong signature up to now came before the secret was set on
 * both sides, and say nothing of it.
 */
export const watchArrivals = async (
  context: WebhookContext,
  app: AppRecord,
  excuse: boolean,
): Promise<() => Promise<boolean>> => {
  const { clock } = context
  const read = () => readLog(context, app, context.record(app.id))
  const rows = await read()
  if (excuse) await context.put({ ...context.record(app.id), excused: rows.find(isWrongSignature)?.id ?? null })
  const before = new Set(rows.filter(isGenuine).map(({ id }) => id))
  return async () => {
    const until = clock.now() + arrivesWithinMs
    for (;;) {
      if ((await read()).some((row) => isGenuine(row) && !before.has(row.id))) return true
      if (clock.now() >= until) return false
      await new Promise<void>((resolve) => clock.after(betweenMs, resolve))
    }
  }
}

/**
 * Asks the provider for a test and waits for it; null where it has none. The secret was just set on both sides.
 * @throws Failure when the provider refuses to send one
 */
export const proveWebhook = async (context: WebhookContext, app: AppRecord, id: string): Promise<boolean | null> => {
  const arrived = await watchArrivals(context, app, true)
  const test = context.ability(app)?.test
  if (test === undefined) return null
  await test(repositoryOf(app), id)
  return arrived()
}
