import { is, literal, object, string } from 'valibot'
import type { Provider } from '../provider'
import { createClient } from './client'
import { explain } from './explain'
import { icon } from './icon'
import { Version } from './schema'
import { codeberg, signIn } from './sign-in'

/** What the API tells strangers where everything is for people who have signed in (REQUIRE_SIGNIN_VIEW). */
const SignInRequired = object({ message: literal('Only signed in user is allowed to call APIs.') })

/** Gitea and Forgejo, which share their API; Codeberg is the largest Forgejo. */
export const gitea: Provider = {
  id: 'gitea',
  publicHost: null,
  card: {
    id: 'gitea',
    title: 'Gitea / Forgejo',
    icon,
    hosts: [{ label: 'Codeberg', host: codeberg }],
    selfHosted: true,
    ways: ['redirect', 'token'],
  },
  signIn,
  apiBase: (host) => `${host}/api/v1`,
  headers: { accept: 'application/json' },
  authorization: (credential) => ({
    authorization:
      credential.kind === 'oauth' ? `Bearer ${credential.accessToken.reveal()}` : `token ${credential.token.reveal()}`,
  }),
  gitCredential: (credential) => ({
    username: 'oauth2',
    password: credential.kind === 'oauth' ? credential.accessToken : credential.token,
  }),
  explain,
  client: createClient,
  recognise: {
    hosts: ['codeberg.org', 'gitea.com'],
    realm: /\b(Gitea|Forgejo)\b/,
    refusal: (body) => is(object({ message: string() }), body),
    probe: {
      path: '/api/v1/version',
      confirms: ({ status, body }) => (status === 403 ? is(SignInRequired, body) : status === 200 && is(Version, body)),
    },
  },
}
