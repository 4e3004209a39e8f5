import { addressOf, newSecret, receiverProblem, repositoryOf, type WebhookContext } from './webhook-context'
import { nextSecretName, secretName, type WebhookRecord } from './webhooks-document'

/**
 * Makes what is missing and mends what differs, on both sides. `sure`: the hook gets its address and secret anew even
 * where it looks right, because what it signs with can't be read.
 */
export const mendWebhook = async (context: WebhookContext, appId: string, sure: boolean): Promise<WebhookRecord> => {
  const { vault, put } = context
  const app = context.apps.record(appId)
  const able = context.ability(app)
  const before = context.record(appId)
  const signature = able?.signature ?? 'any'
  const known = before.signature === signature ? await context.secretOf(appId) : null
  const secret = known ?? newSecret(signature)
  // The secret first: a hook whose secret is not known here could never be checked.
  await vault.set(secretName(appId), secret)
  let hook: WebhookRecord = { ...before, signature }
  hook = await put({ ...hook, url: addressOf(context, app, hook), state: 'checking', reason: null })
  const status = await context.onServer(app, hook, [secret])
  const stuck = receiverProblem(context, app, status)
  if (able === null) {
    hook = await put({ ...hook, remote: null, active: true, receiving: status.state === 'running' })
    if (stuck !== null) throw stuck
    return hook
  }
  const repository = repositoryOf(app)
  const wanted = { url: hook.url ?? '', secret }
  const listed = await able.list(repository)
  // One that was made before, also under an address that is no longer right.
  const there = listed.find(({ id }) => id === before.remote?.id) ?? listed.find(({ url }) => url === wanted.url)
  const sound =
    known !== null &&
    before.state === 'healthy' &&
    there !== undefined &&
    there.id === before.remote?.id &&
    there.url === wanted.url &&
    there.active &&
    there.pushEvents
  const made =
    there === undefined
      ? await able.create(repository, wanted)
      : sound && !sure
        ? there
        : await able.update(repository, there.id, wanted)
  // Of a rotation that was cut off nothing is left now.
  await vault.delete(nextSecretName(appId))
  hook = await put({
    ...hook,
    remote: { accountId: app.source.accountId, repository, id: made.id },
    active: made.active,
    receiving: status.state === 'running',
  })
  if (stuck !== null) throw stuck
  return hook
}
