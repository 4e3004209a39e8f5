import type { contract } from '../../../src-preload/contract'
import type { ReturnRoad } from '../../../src-preload/contract/entities/sign-in'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import { longestAddress, parseCallbackQuery, queryOf } from '../../oauth/callback-answer'
import { addressOf } from '../../oauth/callbacks'
import { explainRefusal } from '../../oauth/explain'
import type { OAuthClient } from '../../oauth/token-call'
import type { Provider } from '../../providers/provider'
import { callbacksFor } from './callbacks-for'
import { prepareDeviceFlow } from './device-flow'
import { connect, type FlowParts, keepAsNew, newSignIn, type Prepared } from './flow'
import { normaliseHost } from './normalise-host'
import { mayDeploy } from './offer-for'
import { missingFor, toOptions } from './options'
import { readToken, shownToken } from './read-token'
import type { RedirectFlow } from './redirect-flow'
import { type LiveSignIn, toSignIn } from './stage'

/** What an address says that names an error and not the sign-in it belongs to: some servers leave `state` out then. */
const refusedBy = (query: string, host: string): Failure | null => {
  const parameters = new URLSearchParams(query)
  const [error, ...others] = parameters.getAll('error')
  if (error === undefined || others.length > 0 || parameters.get('state') || parameters.get('code')) return null
  return /^\w{1,60}$/.test(error) ? explainRefusal({ error, detail: '' }, host) : null
}

type SignInHandlers = Handlers<(typeof contract)['signIns']>

/** What the window may ask of signing in. */
export const createSignInHandlers = (parts: FlowParts, redirect: RedirectFlow): SignInHandlers => {
  const { ports, current } = parts
  const { providers, oauthApps } = ports
  let newest = 0

  const providerOf = (id: string): Provider => {
    const provider = providers.get(id)
    if (!provider) throw new Failure('not-found', { provider: id })
    return provider
  }

  const hostOf = (typed: string): string =>
    normaliseHost(
      typed,
      providers.list().flatMap(({ recognise }) => recognise.hosts),
    )

  const prepare = (live: LiveSignIn, way: 'device' | 'redirect' | ReturnRoad): Promise<Prepared> =>
    way === 'device' ? prepareDeviceFlow(parts, live) : redirect.prepare(live, way === 'redirect' ? undefined : way)

  const isOutdated = async (provider: Provider, host: string, client: OAuthClient | null): Promise<boolean> => {
    const { redirect } = provider.signIn(host, client?.clientId ?? null)
    if (client?.callbacks !== 'earlier' || redirect === undefined) return false
    return (await callbacksFor({ provider: provider.id, host, redirect, client }, ports.issuers)) === null
  }

  const waitingOn = (id: string) => {
    const live = current.find(id)
    const { stage } = live
    if (stage.phase !== 'waiting') throw new Failure('sign-in-expired')
    return { live, stage }
  }

  return {
    providers: async () => providers.list().map(({ card }) => card),

    detect: ({ address }) => ports.detectHost(address),

    options: async ({ provider: id, host: typed, deploys }) => {
      const provider = providerOf(id)
      const host = hostOf(typed)
      const client = await oauthApps.find(id, host)
      return toOptions(provider, host, client, deploys, await isOutdated(provider, host, client))
    },

    current: async () => {
      const live = current.get()
      return live === null || live.stage.phase === 'cancelled' ? null : toSignIn(live)
    },

    start: async ({ provider: id, host: typed, way, reconnects, deploys: asked }) => {
      const provider = providerOf(id)
      const host = hostOf(typed)
      const client = await oauthApps.find(id, host)
      const granted = reconnects === null ? null : ports.grantedScopes(reconnects)
      const deploys = asked || mayDeploy(provider.signIn(host, client?.clientId ?? null), granted)
      const live = newSignIn({ provider, host, reconnects, deploys }, way, client)
      if (!live.offer[way]) throw new Failure('invalid-input', { field: 'way' })
      const missing = missingFor(live.offer, way, client)
      if (missing !== null) throw new Failure('client-id-missing', { provider: id, host: new URL(host).host, missing })
      newest += 1
      const mine = newest
      const prepared = await prepare(live, way)
      if (mine !== newest) {
        prepared.discard()
        throw new Failure('cancelled')
      }
      current.begin(live, prepared.stage)
      prepared.launch()
      return toSignIn(live)
    },

    connectWithToken: async ({ provider: id, host: typed, token: pasted, username, reconnects }) => {
      const provider = providerOf(id)
      const host = hostOf(typed)
      const live = newSignIn({ provider, host, reconnects }, 'token', null)
      if (!live.offer.token) throw new Failure('invalid-input', { field: 'way' })
      const name = username.trim()
      const token = readToken(pasted, provider.tokenShapes)
      live.tokenFound = shownToken(pasted, token, provider.tokenShapes)
      newest += 1
      current.begin(live, { phase: 'checking' })
      await connect(parts, live, { kind: 'token', token, username: name === '' ? null : name })
      return toSignIn(live)
    },

    reopen: async ({ id }) => {
      await ports.openInBrowser(waitingOn(id).stage.page)
      return undefined
    },

    copyLink: async ({ id }) => {
      await ports.copyToClipboard(waitingOn(id).stage.page)
      return undefined
    },

    changeRoad: async ({ id, road }) => {
      const { live } = waitingOn(id)
      const prepared = await prepare(live, road)
      if (live.stage.phase !== 'waiting' || !current.enter(live, prepared.stage)) {
        prepared.discard()
        throw new Failure('cancelled')
      }
      prepared.launch()
      return toSignIn(live)
    },

    pasteBack: async ({ id, address }) => {
      const { live } = waitingOn(id)
      const pasted = address.slice(0, longestAddress + 1).trim()
      const query = pasted.includes('?') ? queryOf(pasted) : pasted
      const answer = parseCallbackQuery(query)
      if (typeof answer === 'string')
        throw refusedBy(query, live.host) ?? new Failure('sign-in-mismatch', { reason: answer })
      // Parameters alone do not say whose callback they came to.
      if (!pasted.includes('://')) throw new Failure('sign-in-mismatch', { reason: 'address-missing' })
      const received = redirect.receive(answer, addressOf(pasted))
      if (received.verdict === 'foreign') throw new Failure('sign-in-mismatch', { reason: received.reason })
      await received.done
      return toSignIn(live)
    },

    keepAsNew: async ({ id }) => {
      const live = current.find(id)
      await keepAsNew(parts, live)
      return toSignIn(live)
    },

    cancel: async ({ id }) => {
      current.leave(current.find(id).id)
      return undefined
    },
  }
}
