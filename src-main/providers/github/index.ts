import { boolean, is, object, string, union } from 'valibot'
import type { Provider } from '../provider'
import { createClient } from './client'
import { explain } from './explain'
import { apiBase, cloudHost } from './hosts'
import { icon } from './icon'
import { signIn } from './sign-in'

/** Enterprise Server tells its version, GitHub's own service what it verifies; both speak GitHub's dialect. */
const Meta = union([object({ installed_version: string() }), object({ verifiable_password_authentication: boolean() })])

/** GitHub: github.com, GHE.com and GitHub Enterprise Server. */
export const github: Provider = {
  id: 'github',
  publicHost: cloudHost,
  card: {
    id: 'github',
    title: 'GitHub',
    icon,
    hosts: [{ label: 'GitHub.com', host: cloudHost }],
    selfHosted: true,
    ways: ['redirect', 'device', 'token'],
  },
  // docs.github.com, "Token formats"; behind-the-scenes lengths may grow, never shrink.
  tokenShapes: [
    { begins: 'github_pat_', characters: 'A-Za-z0-9_', leastCharacters: 82 },
    ...['ghp_', 'gho_', 'ghu_', 'ghs_'].map((begins) => ({ begins, characters: 'A-Za-z0-9_.-', leastCharacters: 40 })),
  ],
  signIn,
  apiBase,
  headers: {
    accept: 'application/vnd.github+json',
    // Enterprise Server lags behind; this version is served by all supported releases.
    'x-github-api-version': '2022-11-28',
  },
  authorization: (credential) => ({
    authorization: `Bearer ${(credential.kind === 'oauth' ? credential.accessToken : credential.token).reveal()}`,
  }),
  gitCredential: (credential) => ({
    username: 'x-access-token',
    password: credential.kind === 'oauth' ? credential.accessToken : credential.token,
  }),
  explain,
  client: createClient,
  recognise: {
    hosts: ['github.com', '.ghe.com'],
    realm: /\bGitHub\b/,
    refusal: (body) => is(object({ message: string() }), body),
    probe: { path: '/api/v3/meta', confirms: ({ status, body }) => status === 200 && is(Meta, body) },
  },
}
