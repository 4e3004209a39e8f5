import { is, literal, object, pipe, regex, string, union } from 'valibot'
import type { Provider } from '../provider'
import { createClient } from './client'
import { explain } from './explain'
import { cloudHost } from './hosts'
import { icon } from './icon'
import { signIn } from './sign-in'

const Version = object({ version: string(), revision: string() })
const Unauthorized = object({ message: literal('401 Unauthorized') })
/** A 401 in GitLab's words, or an OAuth error code (RFC 6750 section 3.1). */
const Refused = union([object({ message: string() }), object({ error: pipe(string(), regex(/^[a-z_]+$/)) })])

/** GitLab: gitlab.com and self-managed, also below a path. */
export const gitlab: Provider = {
  id: 'gitlab',
  publicHost: cloudHost,
  card: {
    id: 'gitlab',
    title: 'GitLab',
    icon,
    hosts: [{ label: 'GitLab.com', host: cloudHost }],
    selfHosted: true,
    ways: ['redirect', 'device', 'token'],
  },
  // docs.gitlab.com, "Token prefixes"; an administrator may choose another one.
  tokenShapes: ['glpat-', 'gldt-', 'glptt-', 'gloas-'].map((begins) => ({
    begins,
    characters: '\\w.-',
    leastCharacters: begins.length + 20,
  })),
  signIn,
  apiBase: (host) => `${host}/api/v4`,
  headers: { accept: 'application/json' },
  authorization: (credential) => ({
    authorization: `Bearer ${(credential.kind === 'oauth' ? credential.accessToken : credential.token).reveal()}`,
  }),
  gitCredential: (credential) => ({
    username: 'oauth2',
    password: credential.kind === 'oauth' ? credential.accessToken : credential.token,
  }),
  explain,
  client: createClient,
  recognise: {
    hosts: ['gitlab.com'],
    nested: true,
    realm: /\bGitLab\b/,
    refusal: (body) => is(Refused, body),
    // Closed to strangers since 8.x, so the refusal itself is the sign.
    probe: {
      path: '/api/v4/version',
      confirms: ({ status, body }) => (status === 401 ? is(Unauthorized, body) : status === 200 && is(Version, body)),
    },
  },
}
