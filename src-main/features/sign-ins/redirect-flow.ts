import { type ReturnRoad, returnRoads } from '../../../src-preload/contract/entities/sign-in'
import { Failure, type FailureData } from '../../../src-preload/contract/outcome'
import { isDeepLinkCallback } from '../../deep-link/address'
import { authorizationPage, randomValue } from '../../oauth/authorize'
import type { CallbackAnswer } from '../../oauth/callback-answer'
import { chooseRoad, type Ladder } from '../../oauth/callback-ladder'
import type { Callbacks } from '../../oauth/callbacks'
import { exchangeCode, isIssuer } from '../../oauth/exchange'
import { type Loopback, type LoopbackOptions, listenForAnswer } from '../../oauth/loopback'
import type { Verdict } from '../../oauth/loopback-page'
import { answerTime, type PendingSignIn } from '../../oauth/pending-sign-ins'
import { expectTokens } from './arriving-tokens'
import { callbackOutdated, callbacksFor } from './callbacks-for'
import { awaitRemoval } from './earlier-grant'
import { callOf, connect, type FlowParts, openPage, type Prepared } from './flow'
import type { LiveSignIn, Waiting } from './stage'

/** What became of an answer at the moment it came. `done` resolves when all that follows from it has happened. */
export type Received =
  | { readonly verdict: Exclude<Verdict, 'foreign'>; readonly done: Promise<void> }
  | { readonly verdict: 'foreign'; readonly reason: 'spent' | 'expired' | 'unknown' | 'callback' }

/** The redirect flow (RFC 6749 section 4.1, RFC 8252), whichever road its answer takes. */
export interface RedirectFlow {
  /** Prepares a new request. Earlier ones of the same sign-in stay answerable until one answer has come. */
  prepare(live: LiveSignIn, wished?: ReturnRoad): Promise<Prepared>
  /**
   * Takes an answer that came to an address (without its query). Nothing is asked of any server unless its state is that
   * of the sign-in under way, and the address, to the letter, the one that this sign-in named.
   */
  receive(answer: CallbackAnswer, address: string, at?: number): Received
  /** Goes on with an answer whose request has been taken. */
  finish(live: LiveSignIn, pending: PendingSignIn, answer: CallbackAnswer): Promise<void>
}

/** @param onForeign told of answers on the loopback that belong to no sign-in */
export const createRedirectFlow = (parts: FlowParts, onForeign: (reason: string) => void): RedirectFlow => {
  const { ports, current, pending, kept } = parts
  const listeners = new WeakMap<LiveSignIn, Loopback>()
  /** Those that are about to listen: a sign-in has one, however often it is asked for meanwhile. */
  const opening = new WeakMap<LiveSignIn, Promise<Loopback>>()
  /** Whether the host names itself in its answers: asked for while the person is in the browser. */
  const namesItself = new WeakMap<LiveSignIn, Promise<boolean>>()

  const finish = async (live: LiveSignIn, request: PendingSignIn, answer: CallbackAnswer): Promise<void> => {
    try {
      await kept.forget()
      const { redirect } = live.offer
      const issuer = redirect ? await (namesItself.get(live) ?? ports.issuers.mustName(live.host, redirect)) : false
      if (redirect && answer.issuer !== null && isIssuer(answer.issuer, live.host, redirect.authorizationEndpoint)) {
        await ports.issuers.named(live.host)
      }
      const tokens = await expectTokens(parts, live)
      try {
        const credential = await exchangeCode(callOf(parts, live), request, answer, { issuer })
        await tokens.keep(credential)
        await connect(parts, live, credential)
      } finally {
        await tokens.close()
      }
    } catch (error) {
      if (error instanceof Failure && error.code === 'grant-exists') void beginAgain(live, error)
      else current.fail(live, error)
    }
  }

  /** Makes a new request once what was in the way of the last one is gone. Never rejects. */
  const beginAgain = (live: LiveSignIn, conflict: Failure): Promise<void> =>
    awaitRemoval(parts, live, conflict, async () => {
      const prepared = await prepare(live)
      if (current.enter(live, prepared.stage)) prepared.launch()
      else prepared.discard()
    }).catch((error: unknown) => current.fail(live, error))

  /** An answer to the right question at another host's address: whoever sent it there knows the state. It ends here. */
  const refuseAddress = (live: LiveSignIn, answer: CallbackAnswer): Received => {
    const { provider, host, offer } = live
    const unregistered = answer.kind === 'error' && answer.error === 'redirect_uri_mismatch'
    pending.drop(live.id)
    void kept.forget()
    current.fail(
      live,
      unregistered && offer.redirect
        ? callbackOutdated({ provider: provider.id, host, redirect: offer.redirect })
        : new Failure('sign-in-mismatch', { host: new URL(host).host, reason: 'callback' }),
    )
    ports.showWindow()
    return { verdict: 'foreign', reason: 'callback' }
  }

  const receive = (answer: CallbackAnswer, address: string, at?: number): Received => {
    const taken = pending.take(answer.state, at)
    if (taken.kind !== 'found') return { verdict: 'foreign', reason: taken.kind }
    const live = current.get()
    if (live?.id === taken.pending.signIn && address !== taken.pending.redirectUri) return refuseAddress(live, answer)
    if (live?.id !== taken.pending.signIn || !current.enter(live, { phase: 'exchanging' })) {
      return { verdict: 'foreign', reason: 'spent' }
    }
    pending.drop(live.id)
    ports.showWindow()
    const done = finish(live, taken.pending, answer)
    return { verdict: answer.kind === 'error' ? 'denied' : 'received', done }
  }

  const listen = async (live: LiveSignIn, redirect: Redirect, path: string | null): Promise<Loopback | null> => {
    const open = listeners.get(live) ?? opening.get(live)
    if (open || redirect.loopback === null || path === null) return open ?? null
    const started = openListener(live, redirect.loopbackHost, redirect.loopback, path).finally(() =>
      opening.delete(live),
    )
    opening.set(live, started)
    return started
  }

  const openListener = async (
    live: LiveSignIn,
    loopbackHost: Redirect['loopbackHost'],
    port: LoopbackOptions['port'],
    path: string,
  ): Promise<Loopback> => {
    const listener = await listenForAnswer({
      port,
      hostName: loopbackHost,
      path,
      onAnswer: (answer) => {
        const received =
          typeof answer === 'string'
            ? { verdict: 'foreign' as const, reason: answer }
            : receive(answer, listener.redirectUri)
        if (received.verdict === 'foreign') onForeign(received.reason)
        return received.verdict
      },
    })
    const registered = {
      ...listener,
      close: () => {
        listener.close()
        listeners.delete(live)
      },
    }
    listeners.set(live, registered)
    return registered
  }

  /** The address that the answer goes to, and the ladder that is left when the port cannot be had. */
  const whereTo = async (
    live: LiveSignIn,
    redirect: Redirect,
    { deepLink, loopbackPath }: Callbacks,
    ladder: Ladder,
  ): Promise<Destination> => {
    if (ladder.road === 'deep-link' && deepLink !== null) return { ladder, redirectUri: deepLink, failure: null }
    try {
      const redirectUri = (await listen(live, redirect, loopbackPath))?.redirectUri ?? deepLink
      if (redirectUri === null) throw new Failure('invalid-input', { field: 'way' })
      return { ladder, redirectUri, failure: null }
    } catch (error) {
      if (!(error instanceof Failure) || typeof redirect.loopback !== 'number') throw error
      // The browser shows the address it could not reach, so it can be pasted.
      const redirectUri = `http://${redirect.loopbackHost}:${redirect.loopback}${loopbackPath}`
      const others = returnRoads.filter((road) => road === 'deep-link' && ladder.others.includes(road))
      return {
        ladder: { road: 'paste', others },
        redirectUri,
        failure: { code: error.code, facts: { ...error.facts } },
      }
    }
  }

  const prepare = async (live: LiveSignIn, wished?: ReturnRoad): Promise<Prepared> => {
    const { redirect } = live.offer
    if (!redirect) throw new Failure('invalid-input', { field: 'way' })
    const { client } = callOf(parts, live)
    const subject = { provider: live.provider.id, host: live.host, redirect }
    const callbacks = await callbacksFor({ ...subject, client }, ports.issuers)
    if (callbacks === null) throw callbackOutdated(subject)
    const ladder = chooseRoad(callbacks, await ports.ownsScheme(), wished)
    const stage = live.stage.phase === 'waiting' && live.stage.way === 'redirect' ? live.stage : null
    const destination = await whereTo(live, redirect, callbacks, ladder)
    if (stage?.redirectUri === destination.redirectUri) {
      // The page that is open already brings its answer there.
      return { stage: { ...stage, ...destination }, launch: () => {}, discard: () => {} }
    }
    const { clientId } = client
    const { redirectUri } = destination
    const [state, verifier] = [randomValue(), randomValue()]
    const page = authorizationPage({ redirect, clientId, redirectUri, state, verifier }).href
    const createdAt = ports.clock.now()
    const { id: signIn, host, reconnects } = live
    const request = {
      state,
      verifier,
      signIn,
      provider: live.provider.id,
      host,
      clientId,
      redirectUri,
      reconnects,
      createdAt,
    }
    const waiting: Waiting = {
      phase: 'waiting',
      way: 'redirect',
      page,
      expiresAt: createdAt + answerTime,
      ...destination,
    }
    return {
      stage: waiting,
      launch: () => {
        pending.add(request)
        if (!namesItself.has(live)) namesItself.set(live, ports.issuers.mustName(host, redirect))
        const listener = listeners.get(live)
        if (listener) live.whileWaiting.add(listener.close)
        if (isDeepLinkCallback(redirectUri)) kept.keep(request)
        openPage(parts, live, page)
      },
      discard: () => listeners.get(live)?.close(),
    }
  }

  return { prepare, receive, finish }
}

type Redirect = NonNullable<LiveSignIn['offer']['redirect']>

interface Destination {
  readonly ladder: Ladder
  readonly redirectUri: string
  readonly failure: FailureData | null
}
