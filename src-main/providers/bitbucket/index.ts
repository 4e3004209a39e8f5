import { is } from 'valibot'
import type { HttpCredential } from '../../credentials/credential'
import type { Provider } from '../provider'
import { createClient } from './client'
import { explain } from './explain'
import { apiBase, cloudHost } from './hosts'
import { icon } from './icon'
import { AnyError } from './schema'
import { signIn } from './sign-in'

const secretOf = (credential: HttpCredential) =>
  credential.kind === 'oauth' ? credential.accessToken : credential.token

/** The e-mail address that goes with an API token; access tokens of a repository or workspace have none. */
const emailOf = (credential: HttpCredential) => (credential.kind === 'token' ? credential.username : null)

/** Bitbucket Cloud. Only the `Authorization` header is looked at for tokens. */
export const bitbucket: Provider = {
  id: 'bitbucket',
  publicHost: cloudHost,
  card: {
    id: 'bitbucket',
    title: 'Bitbucket',
    icon,
    hosts: [{ label: 'Bitbucket.org', host: cloudHost }],
    selfHosted: false,
    ways: ['redirect', 'token'],
  },
  tokenShapes: [
    { begins: 'ATATT', characters: '\\w=.-', leastCharacters: 100 },
    { begins: 'ATCTT', characters: '\\w=.-', leastCharacters: 100 },
    { begins: 'ATBB', characters: 'A-Za-z0-9', leastCharacters: 32 },
  ],
  signIn,
  apiBase,
  headers: { accept: 'application/json' },
  authorization: (credential) => {
    const email = emailOf(credential)
    const secret = secretOf(credential).reveal()
    return email
      ? { authorization: `Basic ${Buffer.from(`${email}:${secret}`).toString('base64')}` }
      : { authorization: `Bearer ${secret}` }
  },
  gitCredential: (credential) => ({
    username: emailOf(credential) ? 'x-bitbucket-api-token-auth' : 'x-token-auth',
    password: secretOf(credential),
  }),
  explain,
  client: createClient,
  recognise: {
    hosts: ['bitbucket.org'],
    realm: /\bBitbucket\.org\b/,
    refusal: (body) => is(AnyError, body),
    probe: { path: '/2.0/user', confirms: ({ status, body }) => status === 401 && is(AnyError, body) },
  },
}
