import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { Webhook } from '../../../src-preload/contract/entities/webhook'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

/** What a person can start from the panel. */
export type WebhookAction = 'check' | 'test' | 'repair' | 'rotate' | 'remove'

/** The webhook of one app. */
export interface WebhookState {
  /** Null until main has answered. */
  readonly webhook: Webhook | null
  readonly busy: WebhookAction | null
  /** What went wrong with the last action, or with reading it. */
  readonly failure: FailureData | null
  /** The last action that ended well, for a word about it. */
  readonly done: WebhookAction | null
}

type WebhooksApi = { readonly webhooks: Api['webhooks']; readonly on: Api['on'] }

/** Follows the webhook of one app for as long as somebody looks at it. */
export const createWebhookStore = (api: WebhooksApi, appId: string) => {
  const store = createStore<WebhookState>(() => ({ webhook: null, busy: null, failure: null, done: null }))
  const set = store.setState

  const act = async (action: WebhookAction, run: () => Promise<Webhook>): Promise<void> => {
    if (store.getState().busy !== null) return
    set({ busy: action, failure: null, done: null })
    try {
      set({ webhook: await run(), done: action })
    } catch (error) {
      set({ failure: toFailure(error) })
    } finally {
      set({ busy: null })
    }
  }
  const input = { appId }
  const check = () => act('check', () => api.webhooks.check(input))

  return {
    store,
    start: () => {
      const stop = api.on('webhooks.changed', (webhook) => {
        if (webhook.appId === appId) set({ webhook })
      })
      const first = async () => {
        try {
          set({ webhook: await api.webhooks.get(input) })
        } catch (error) {
          set({ failure: toFailure(error) })
          return
        }
        await check()
      }
      void first()
      return stop
    },
    check,
    test: () => act('test', () => api.webhooks.test(input)),
    repair: () => act('repair', () => api.webhooks.repair(input)),
    rotate: () => act('rotate', () => api.webhooks.rotateSecret(input)),
    remove: () => act('remove', () => api.webhooks.remove(input)),
    /** @throws Failure */
    setUrl: async (url: string | null): Promise<void> => set({ webhook: await api.webhooks.setUrl({ appId, url }) }),
    /** Puts the secret on the clipboard; it never comes here, only main's words about it. @throws Failure */
    copySecret: () => api.webhooks.copySecret(input),
  }
}
