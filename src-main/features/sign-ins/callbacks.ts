import type { SignInLink } from '../../deep-link/parse'
import type { CallbackAnswer } from '../../oauth/callback-answer'
import { callbacksFor } from './callbacks-for'
import { type FlowParts, newSignIn } from './flow'
import type { RedirectFlow } from './redirect-flow'

/** How often a link that does nothing is told about, in ms. */
const noticeInterval = 60_000

/** What happens with answers that come from outside by themselves. */
export interface Callbacks {
  handleDeepLink(link: SignInLink): Promise<void>
  /**
   * An answer that belongs to no sign-in: one that waits says so and goes on waiting, since anybody can open a link. Else a
   * quiet notice is left; no window opens.
   */
  ignore(reason: string): void
}

export const createCallbacks = (parts: FlowParts, redirect: RedirectFlow): Callbacks => {
  const { ports, current, kept } = parts
  const { clock, log, oauthApps, providers } = ports
  let quietUntil = 0

  const ignore = (reason: string): void => {
    const live = current.get()
    const { stage } = live ?? {}
    log.info('An answer was ignored', { reason, signIn: live?.id ?? null })
    // The sign-in that it ended says so itself.
    if (reason === 'callback' && stage?.phase === 'failed') return
    if (live && stage?.phase === 'waiting') {
      const failure = { code: 'sign-in-mismatch' as const, facts: { reason } }
      if (stage.failure?.facts.reason !== reason) current.enter(live, { ...stage, failure })
      return
    }
    const working = stage?.phase === 'exchanging' || stage?.phase === 'checking'
    if (working || clock.now() < quietUntil) return
    quietUntil = clock.now() + noticeInterval
    ports.addNotice({ kind: 'deep-link-ignored', detail: reason })
  }

  /** The app was closed while the person was in the browser: goes on with what an earlier run has kept. */
  const resume = async (answer: CallbackAnswer, address: string, at: number): Promise<void> => {
    const taken = await kept.take(answer.state, at)
    if (taken.kind !== 'found') return ignore(taken.kind)
    const { pending } = taken
    // A state is good for one answer, also over the next restart.
    const refuse = async (reason: string) => {
      await kept.forget()
      ignore(reason)
    }
    const provider = providers.get(pending.provider)
    const client = await oauthApps.find(pending.provider, pending.host)
    if (!provider || client?.clientId !== pending.clientId) return refuse('app-changed')
    if (pending.redirectUri !== address) return refuse('callback')
    const live = newSignIn(
      { provider, host: pending.host, reconnects: pending.reconnects },
      'redirect',
      client,
      pending.signIn,
    )
    const { redirect: offered } = live.offer
    const callbacks = offered && (await callbacksFor({ ...pending, redirect: offered, client }, ports.issuers))
    if (callbacks?.deepLink !== address) return refuse('callback')
    current.begin(live, { phase: 'exchanging' })
    ports.showWindow()
    await redirect.finish(live, pending, answer)
  }

  return {
    ignore,
    handleDeepLink: async (link) => {
      if (link.kind === 'unknown') return ignore(link.reason)
      const at = clock.now()
      const received = redirect.receive(link.answer, link.address, at)
      if (received.verdict !== 'foreign') return received.done
      if (received.reason !== 'unknown') return ignore(received.reason)
      try {
        await resume(link.answer, link.address, at)
      } catch (error) {
        log.error('An answer could not be followed', { error })
        ignore('unexpected')
      }
    },
  }
}
