import { array, boolean, type InferOutput, object, optional, parse, picklist, record, string } from 'valibot'
import type { OAuthApp } from '../../../src-preload/contract/entities/settings'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Secret } from '../../credentials/secret'
import type { Vault } from '../../credentials/vault'
import type { RegisteredCallbacks } from '../../oauth/token-call'
import type { Store } from '../../storage/store'
import { normaliseHost } from '../sign-ins/normalise-host'
import { takeEnvironmentApps } from './environment-apps'

/** What is on the disk about OAuth apps that people entered. A secret is in the vault under `oauth-app/<provider>/<host>`. */
export const OAuthAppRecords = array(
  object({
    provider: string(),
    host: string(),
    clientId: string(),
    hasSecret: boolean(),
    /** Absent in files from when all hosts had the same callbacks. */
    callbacks: optional(picklist(['own', 'earlier']), 'earlier'),
  }),
)
export type OAuthAppRecords = Readonly<InferOutput<typeof OAuthAppRecords>>

/** `resources/providers.json`: by provider and host, the public client id that ships with the app; empty for none. */
const Bundled = record(string(), record(string(), object({ clientId: optional(string(), '') })))

/** An OAuth app to sign in with. */
export interface FoundOAuthApp {
  readonly clientId: string
  readonly clientSecret: Secret | null
  readonly from: OAuthApp['from']
  readonly callbacks: RegisteredCallbacks
}

/** The OAuth apps that are registered for this app: by the person, by the environment, with the app; in this order. */
export interface OAuthApps {
  /** The app for a host (its base address), or null. Waits for the vault where a secret is kept there. */
  find(provider: string, host: string): Promise<FoundOAuthApp | null>
  /** All of them. */
  list(): readonly OAuthApp[]
  /** An empty secret keeps the one there is, unless the client id is another. @throws Failure `address-refused`, ... */
  save(app: Pick<OAuthApp, 'provider' | 'host' | 'clientId'>, secret: Secret | null): Promise<OAuthApp>
  /** @throws Failure `not-found` for one that was not entered here */
  remove(provider: string, host: string): Promise<void>
}

/** What `createOAuthApps` needs. */
export interface OAuthAppsParts {
  /** Content of `resources/providers.json`. */
  readonly bundled: unknown
  /** Read once; the variables are removed from it. */
  readonly env: NodeJS.ProcessEnv
  /**
   * The one host that a provider's maker runs for everybody: an app of the environment that names no host is for that one.
   * Null where there is none.
   */
  readonly publicHost: (provider: string) => string | null
  /** Told of an app of the environment that is for no host. */
  readonly ignored?: (reason: string) => void
  readonly store: Store<OAuthAppRecords>
  readonly vault: Vault
}

/** One spelling for each host, so that two are the same when their texts are. Null for what is no host. */
const canonical = (host: string): string | null => {
  try {
    return normaliseHost(host)
  } catch {
    return null
  }
}

const secretName = (provider: string, host: string): string => `oauth-app/${provider}/${host}`

/** @see OAuthApps */
export const createOAuthApps = (parts: OAuthAppsParts): OAuthApps => {
  const { bundled, env, store, vault, publicHost, ignored = () => undefined } = parts
  const fromEnvironment = takeEnvironmentApps(env).flatMap((app) => {
    const named = app.host ?? publicHost(app.provider)
    const host = named === null ? null : canonical(named)
    if (host !== null) return [{ ...app, host }]
    const variable = `CLOUDAIPILOT_${app.provider.toUpperCase().replaceAll('-', '_')}_HOST`
    ignored(named === null ? `${variable} is missing` : `${variable} names no host`)
    return []
  })
  const fromBundle = Object.entries(parse(Bundled, bundled)).flatMap(([provider, hosts]) =>
    Object.entries(hosts).flatMap(([host, { clientId }]) => (clientId === '' ? [] : [{ provider, host, clientId }])),
  )
  const isFor = (provider: string, at: string) => {
    const host = canonical(at)
    return (app: { readonly provider: string; readonly host: string }) =>
      host !== null && app.provider === provider && canonical(app.host) === host
  }
  const shown = (app: OAuthAppRecords[number]): OAuthApp => ({ ...app, from: 'settings' })

  return {
    find: async (provider, host) => {
      const entered = store.read().find(isFor(provider, host))
      if (entered !== undefined) {
        const clientSecret = entered.hasSecret ? await vault.get(secretName(provider, entered.host)) : null
        return { clientId: entered.clientId, clientSecret, from: 'settings', callbacks: entered.callbacks }
      }
      const named = fromEnvironment.find(isFor(provider, host))
      if (named !== undefined) {
        return { clientId: named.clientId, clientSecret: named.clientSecret, from: 'environment', callbacks: 'own' }
      }
      const shipped = fromBundle.find(isFor(provider, host))
      return shipped === undefined
        ? null
        : { clientId: shipped.clientId, clientSecret: null, from: 'bundled', callbacks: 'own' }
    },
    list: () => [
      ...store.read().map(shown),
      ...fromEnvironment.map(({ provider, host, clientId, clientSecret }) => ({
        provider,
        host,
        clientId,
        hasSecret: clientSecret !== null,
        from: 'environment' as const,
        callbacks: 'own' as const,
      })),
      ...fromBundle.map((app) => ({ ...app, hasSecret: false, from: 'bundled' as const, callbacks: 'own' as const })),
    ],
    save: async ({ provider, host: typed, clientId }, secret) => {
      const host = normaliseHost(typed)
      const isIt = (app: OAuthAppRecords[number]) => app.provider === provider && app.host === host
      const before = store.read().find(isIt)
      const keeps = secret === null && before?.clientId === clientId && before.hasSecret
      // The secret first: an app that is listed with one has it.
      if (secret !== null) await vault.set(secretName(provider, host), secret)
      // Whoever saves it has the callbacks to register in front of them: those of this host alone.
      const saved = { provider, host, clientId, hasSecret: secret !== null || keeps, callbacks: 'own' as const }
      await store.update((apps) => [...apps.filter((app) => !isIt(app)), saved])
      if (before?.hasSecret && !saved.hasSecret) await vault.delete(secretName(provider, host))
      return shown(saved)
    },
    remove: async (provider, host) => {
      const isIt = (app: OAuthAppRecords[number]) => app.provider === provider && app.host === host
      const found = store.read().find(isIt)
      if (found === undefined) throw new Failure('not-found', { host })
      if (found.hasSecret) await vault.delete(secretName(provider, host))
      await store.update((apps) => apps.filter((app) => !isIt(app)))
    },
  }
}
