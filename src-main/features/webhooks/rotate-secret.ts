import { Failure } from '../../../src-preload/contract/outcome'
import type { Secret } from '../../credentials/secret'
import type { RemoteRepositoryRef, WebhookAbility } from '../../providers/provider'
import type { AppRecord } from '../apps/apps-document'
import { lookAtWebhook, readLog } from './look-at-webhook'
import { proveWebhook } from './prove-webhook'
import { isWrongSignature } from './receiver-log'
import { newSecret, repositoryOf, type WebhookContext } from './webhook-context'
import { nextSecretName, secretName, type WebhookRecord } from './webhooks-document'

/** How the provider comes to the new secret, and back to the old one. */
interface Change {
  /** The hook that has the new secret. */
  readonly id: string
  /** Takes away what had the old secret. */
  readonly settle: () => Promise<void>
  readonly undo: () => Promise<void>
}

const changeAt = async (
  able: WebhookAbility,
  repository: RemoteRepositoryRef,
  hook: { readonly id: string; readonly url: string },
  secrets: { readonly next: Secret; readonly old: Secret | null },
): Promise<Change> => {
  const { id, url } = hook
  const { next, old } = secrets
  if (able.createBeside !== undefined) {
    const made = await able.createBeside(repository, { url, secret: next })
    return { id: made.id, settle: () => able.remove(repository, id), undo: () => able.remove(repository, made.id) }
  }
  await able.update(repository, id, { url, secret: next })
  const undo = async () => void (old !== null && (await able.update(repository, id, { url, secret: old })))
  return { id, settle: async () => undefined, undo }
}

/** Fails unless a call that is signed with the new secret arrives. */
const requireProof = async (context: WebhookContext, app: AppRecord, hook: WebhookRecord, id: string) => {
  if ((await proveWebhook(context, app, id)) !== false) return
  const [wrong] = (await readLog(context, app, hook)).filter(isWrongSignature)
  const refused = wrong !== undefined && wrong.id !== context.record(app.id).excused
  throw new Failure(refused ? 'hook-signature' : 'hook-unreached', { url: hook.url ?? '' })
}

/**
 * Gives the webhook a new secret. The old one goes only when a call with the new one has arrived; else all is as it was.
 * @throws Failure `hook-unreached`, `hook-signature`, or what the provider or the server says
 */
export const rotateSecret = async (context: WebhookContext, appId: string): Promise<void> => {
  const { vault, onServer, put, record } = context
  const app = context.apps.record(appId)
  const hook = record(appId)
  const old = await context.secretOf(appId)
  const next = newSecret(hook.signature)
  const both = old === null ? [next] : [next, old]
  // Kept before anybody is told of it: after a kill both are known, and the old one is taken still.
  await vault.set(nextSecretName(appId), next)
  await onServer(app, hook, both)
  const able = context.ability(app)
  const { remote } = hook
  const keepNext = async () => {
    await vault.set(secretName(appId), next)
    await vault.delete(nextSecretName(appId))
  }
  if (able === null || remote === null) {
    await keepNext()
    // A hook made by hand still sends the old one until the person has pasted the new one there.
    await onServer(app, hook, able === null ? both : [next])
    await lookAtWebhook(context, appId)
    return
  }

  const repository = repositoryOf(app)
  const change = await changeAt(able, repository, { id: remote.id, url: hook.url ?? '' }, { next, old })
  try {
    // Alone, so that what arrives is signed with it. A push of now comes with it, too.
    await onServer(app, hook, [next])
    await requireProof(context, app, hook, change.id)
  } catch (error) {
    await onServer(app, hook, both)
    await change.undo()
    if (old !== null) {
      await onServer(app, hook, [old])
      await vault.delete(nextSecretName(appId))
    }
    await lookAtWebhook(context, appId)
    throw error
  }
  await keepNext()
  await put({ ...record(appId), remote: { ...remote, repository, id: change.id } })
  await change.settle()
  // What the old hook still sent was refused.
  await lookAtWebhook(context, appId, { excuse: true })
}
