import type { Clock } from './clock'
import type { Person } from './entities'
import { secretMark } from './request-log'

/** What an app registered with the forge is. Kinds differ in how their tokens live; dialects say how. */
export type AppKind = 'github-app' | 'oauth-app'

/** An app that people may authorise. */
export interface OAuthApp {
  readonly id: number
  readonly kind: AppKind
  readonly name: string
  /** Name in addresses, from the name. */
  readonly slug: string
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUris: readonly string[]
  /** False for a public client that signs in without a secret (where the dialect knows such). */
  readonly confidential: boolean
  readonly deviceFlow: boolean
  /** Whether access tokens run out and come with a refresh token (where the dialect leaves the choice). */
  readonly expiringTokens: boolean
  /** GitHub App permissions (`contents: read`), or Bitbucket consumer scopes as keys. */
  readonly permissions: Readonly<Record<string, string>>
}

export type CredentialKind = 'access' | 'refresh' | 'personal' | 'fine-grained'
/** `rotated`: replaced by a younger one of the same family; dead all the same unless the dialect grants a grace. */
export type CredentialState = 'live' | 'revoked' | 'rotated'

/** A token that the forge gave out. */
export interface Credential {
  readonly value: string
  readonly id: number
  readonly kind: CredentialKind
  readonly person: Person
  /** The app it was given to; null for one that the person made. */
  readonly app: OAuthApp | null
  /** Normalised scopes, or the person's own choice for a token made by hand. */
  readonly scopes: readonly string[]
  /** `permission: level` of a fine-grained token or a GitHub App's user token; null where scopes decide. */
  readonly permissions: Readonly<Record<string, string>> | null
  /** Ids of the repositories chosen for a fine-grained token; null for all. */
  readonly repositories: ReadonlySet<number> | null
  /** Organisations (by id) for which a single sign-on session vouched. */
  readonly sso: Set<number>
  /** Shared by all tokens that came from one sign-in. */
  readonly family: string
  /** How it came about: by redirect, by device code, or made by hand. */
  readonly via: 'redirect' | 'device' | 'hand'
  readonly name: string
  readonly createdAt: number
  /** Milliseconds; null for never. */
  expiresAt: number | null
  state: CredentialState
  /** When it was replaced or revoked. */
  endedAt: number | null
  lastUsedAt: number | null
}

/** A credential as tests may see it: no value, only the mark that the request log uses as well. */
export interface CredentialView extends Omit<Credential, 'value' | 'person' | 'app'> {
  readonly mark: string
  readonly user: string
  readonly clientId: string | null
  readonly expired: boolean
}

type Given = Pick<Credential, 'value' | 'kind' | 'person' | 'app' | 'family'> & Partial<Credential>

/** All tokens of a forge. */
export interface Credentials {
  give(given: Given): Credential
  /** The token of this value, whatever has become of it. */
  find(value: string): Credential | null
  /** Whether it can still be used. */
  usable(credential: Credential): boolean
  /** Ends one token. Told to the listeners of `onEnded`. */
  end(credential: Credential, state: 'revoked' | 'rotated'): void
  all(): readonly Credential[]
  of(person: Person): readonly Credential[]
  /** Called with each token that is revoked (not with those that are rotated). */
  onRevoked(listener: (credential: Credential) => void): void
  view(credential: Credential): CredentialView
}

/** No tokens yet. */
export function noCredentials(clock: Clock): Credentials {
  const byValue = new Map<string, Credential>()
  const listeners: ((credential: Credential) => void)[] = []
  let nextId = 501
  const expired = (credential: Credential): boolean =>
    credential.expiresAt !== null && credential.expiresAt <= clock.now()
  return {
    give: (given) => {
      const credential: Credential = {
        id: nextId++,
        scopes: [],
        permissions: null,
        repositories: null,
        sso: new Set(),
        via: 'hand',
        name: '',
        createdAt: clock.now(),
        expiresAt: null,
        state: 'live',
        endedAt: null,
        lastUsedAt: null,
        ...given,
      }
      byValue.set(credential.value, credential)
      return credential
    },
    find: (value) => byValue.get(value) ?? null,
    usable: (credential) => credential.state === 'live' && !expired(credential),
    end: (credential, state) => {
      if (credential.state !== 'live') return
      credential.state = state
      credential.endedAt = clock.now()
      if (state === 'revoked') for (const listener of listeners) listener(credential)
    },
    all: () => [...byValue.values()],
    of: (person) => [...byValue.values()].filter((credential) => credential.person.id === person.id),
    onRevoked: (listener) => {
      listeners.push(listener)
    },
    view: ({ value, person, app, ...rest }) => ({
      ...rest,
      mark: secretMark(value),
      user: person.login,
      clientId: app?.clientId ?? null,
      expired: rest.expiresAt !== null && rest.expiresAt <= clock.now(),
    }),
  }
}
