import { object, string } from 'valibot'
import { Failure } from '../../src-preload/contract/outcome'
import type { OAuthCredential } from '../credentials/credential'
import { Secret } from '../credentials/secret'
import type { Fetch } from '../network/fetch'
import type { Provider, ProviderClient, SignInOffer, Viewer } from '../providers/provider'
import { readAs } from '../providers/read-as'

const Person = object({ id: string(), login: string() })

const offer: SignInOffer = {
  refresh: { needsSecret: false, sendRedirectUri: false, deadErrors: [] },
  errorsWithStatus200: false,
  notes: [],
}

/** What a test may have otherwise. */
export interface TokenProviderOptions {
  readonly viewer?: Partial<Viewer>
  /** Extra abilities of the client. */
  readonly abilities?: Partial<ProviderClient>
  /** False: a provider whose tokens only a person can take away. */
  readonly revokes?: boolean
  readonly offer?: SignInOffer
}

/** A provider for the token forge, as a plain object. */
export const createTokenProvider = (options: TokenProviderOptions = {}): Provider => ({
  id: 'forge',
  publicHost: null,
  card: { id: 'forge', title: 'Forge', icon: '', hosts: [], selfHosted: true, ways: ['redirect', 'token'] },
  signIn: () => options.offer ?? offer,
  apiBase: (host) => `${host}/api`,
  authorization: (credential) => ({
    authorization: `Bearer ${(credential.kind === 'oauth' ? credential.accessToken : credential.token).reveal()}`,
  }),
  headers: {},
  gitCredential: (credential) => ({
    username: 'oauth2',
    password: credential.kind === 'oauth' ? credential.accessToken : credential.token,
  }),
  explain: ({ status }) => (status === 401 ? new Failure('auth-revoked') : null),
  recognise: { hosts: [], realm: /forge/, probe: null },
  client: (http) => ({
    viewer: async () => {
      const person = readAs(Person, await http.get('/user'))
      return {
        name: person.login,
        scopes: null,
        expiresAt: null,
        access: { selection: 'all', manageUrl: `${http.host}/settings`, owners: [] },
        attention: null,
        ...person,
        ...options.viewer,
      }
    },
    repositories: async function* () {},
    count: async () => 214,
    repository: async () => {
      throw new Failure('not-found')
    },
    findRepository: async () => null,
    branches: async () => ({ branches: [], next: null }),
    ...(options.revokes !== false && {
      revoke: {
        run: async (credential) => {
          const token = credential.kind === 'oauth' ? credential.accessToken : credential.token
          await http.send(
            'POST',
            `${http.host}/oauth/revoke`,
            { token: token.reveal() },
            { form: true, anonymous: true },
          )
          return { revoked: true, page: null }
        },
      },
    }),
    ...options.abilities,
  }),
})

/** The one token request of a renewal. */
export const refreshAt =
  (fetch: Fetch, now: () => number) =>
  async (credential: OAuthCredential, { host }: { readonly host: string }): Promise<OAuthCredential> => {
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: credential.refreshToken?.reveal() ?? '',
    }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const response = await fetch(`${host}/oauth/token`, { method: 'POST', headers, body })
    if (response.status === 400) throw new Failure('auth-revoked', { host })
    if (response.status === 429) throw new Failure('rate-limited', { host })
    if (!response.ok) throw new Failure('server-error', { host })
    const { access_token, refresh_token, expires_in } = (await response.json()) as Record<string, string | number>
    return {
      ...credential,
      accessToken: new Secret(String(access_token)),
      refreshToken: new Secret(String(refresh_token)),
      expiresAt: now() + Number(expires_in) * 1000,
    }
  }

/** A credential of a pair that the forge issued. */
export const credentialOf = (
  { access, refresh }: { readonly access: string; readonly refresh: string },
  expiresAt: number | null,
): OAuthCredential => ({
  kind: 'oauth',
  accessToken: new Secret(access),
  refreshToken: new Secret(refresh),
  expiresAt,
  refreshExpiresAt: null,
  scopes: ['read'],
  clientId: 'client',
  redirectUri: null,
})
