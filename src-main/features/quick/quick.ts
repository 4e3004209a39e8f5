import type { Account } from '../../../src-preload/contract/entities/account'
import type { SignInOptions } from '../../../src-preload/contract/entities/provider'
import type { OAuthApp } from '../../../src-preload/contract/entities/settings'
import type { SignIn } from '../../../src-preload/contract/entities/sign-in'
import type { RequestLink } from '../../deep-link/parse'
import type { Log } from '../../log/log'
import { clipboardOffer, linkOffer, type RepositoryOffer } from './repository-offer'

/** A sign-in that can begin at once. */
export interface QuickSignIn {
  readonly provider: string
  readonly host: string
}

/** What quick deeds need from the rest of the app. */
export interface QuickParts {
  readonly accounts: () => readonly Account[]
  readonly oauthApps: () => readonly OAuthApp[]
  readonly cards: readonly { readonly id: string; readonly hosts: readonly { readonly host: string }[] }[]
  readonly options: (wanted: {
    provider: string
    host: string
    deploys: boolean
  }) => Promise<Pick<SignInOptions, 'ways'>>
  readonly start: (wanted: {
    provider: string
    host: string
    way: 'redirect' | 'device'
    reconnects: string | null
    deploys: boolean
  }) => Promise<Pick<SignIn, 'road'>>
  readonly check: (accountId: string) => Promise<unknown>
  readonly deploy: (appId: string) => Promise<unknown>
  readonly log: Pick<Log, 'warn'>
}

/**
 * What can be done without the window. Each deed answers where in the window it goes on, or null when nobody has to look:
 * it never rejects, because whoever clicked it is elsewhere.
 */
export interface Quick {
  /** Sign-ins for which an OAuth app is registered. */
  signIns(): readonly QuickSignIn[]
  /** Opens the provider's page in the browser. */
  connect(wanted: QuickSignIn): Promise<string | null>
  /** Does the one thing that an account needs. */
  fix(accountId: string): Promise<string | null>
  deploy(appId: string): Promise<string | null>
  /** What the text on the clipboard offers. */
  clipboard(text: string): RepositoryOffer | null
  /** Where the window asks whether to do what a link wants. */
  ask(link: RequestLink): string
}

/** @see Quick */
export const createQuick = (parts: QuickParts): Quick => {
  /** Signs in by the browser alone, or says where the window asks for what is missing. */
  const signIn = async (
    { provider, host }: QuickSignIn,
    reconnects: string | null,
    otherwise: string,
  ): Promise<string | null> => {
    try {
      const wanted = { provider, host, deploys: false }
      const { ways } = await parts.options(wanted)
      if (!ways.some(({ way, missing }) => way === 'redirect' && missing === null)) return otherwise
      const { road } = await parts.start({ ...wanted, way: 'redirect', reconnects })
      // Where no link comes back by itself, the address has to be pasted into the window.
      return road === 'paste' ? '/accounts/connect' : null
    } catch (error) {
      parts.log.warn('A sign-in could not begin without the window', { error })
      return otherwise
    }
  }

  return {
    signIns: () => {
      const all = parts.oauthApps().map(({ provider, host }) => ({ provider, host }))
      return all.filter(
        ({ provider, host }, index) => all.findIndex((one) => one.provider === provider && one.host === host) === index,
      )
    },
    connect: ({ provider, host }) =>
      signIn({ provider, host }, null, `/accounts/connect?${new URLSearchParams({ provider, host })}`),
    fix: async (accountId) => {
      const account = parts.accounts().find(({ id }) => id === accountId)
      if (account === undefined) return '/accounts'
      const place = `/accounts?${new URLSearchParams({ account: accountId })}`
      if (account.state === 'expired' || account.state === 'revoked') {
        const wizard = `/accounts/connect?${new URLSearchParams({ account: accountId })}`
        return account.kind === 'oauth' ? signIn(account, accountId, wizard) : wizard
      }
      if (account.state !== 'unreachable') return place
      await parts
        .check(accountId)
        .catch((error: unknown) => parts.log.warn('An account could not be checked', { error }))
      return null
    },
    deploy: async (appId) => {
      try {
        await parts.deploy(appId)
        return null
      } catch (error) {
        parts.log.warn('A deploy could not begin without the window', { error })
        return `/apps/${encodeURIComponent(appId)}`
      }
    },
    clipboard: (text) =>
      clipboardOffer(
        text,
        parts.accounts(),
        parts.cards.flatMap(({ hosts }) => hosts.map(({ host }) => new URL(host).host)),
      ),
    ask: ({ text, repository }) => {
      const offer = repository === null ? null : linkOffer(repository, parts.accounts())
      return `/link?${new URLSearchParams(offer === null ? { text } : { ...offer })}`
    },
  }
}
