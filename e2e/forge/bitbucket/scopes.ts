import type { Credential } from '../credentials'

/** Scopes that a consumer has unless its registration says otherwise; they are ticked there, never asked for. */
export const CONSUMER_SCOPES = ['account', 'repository', 'repository:write', 'repository:admin', 'webhook']

/** Scopes of a person's API token unless said otherwise. */
export const TOKEN_SCOPES = [
  'read:user:bitbucket',
  'read:workspace:bitbucket',
  'read:repository:bitbucket',
  'write:repository:bitbucket',
  'admin:repository:bitbucket',
  'read:webhook:bitbucket',
  'write:webhook:bitbucket',
]

/** What a route needs, once in the words of OAuth and once in those of API tokens. */
export interface Need {
  readonly oauth: string
  readonly token: string
}

export const NEEDS = {
  user: { oauth: 'account', token: 'read:user:bitbucket' },
  workspaces: { oauth: 'account', token: 'read:workspace:bitbucket' },
  read: { oauth: 'repository', token: 'read:repository:bitbucket' },
  write: { oauth: 'repository:write', token: 'write:repository:bitbucket' },
  admin: { oauth: 'repository:admin', token: 'admin:repository:bitbucket' },
  readHooks: { oauth: 'webhook', token: 'read:webhook:bitbucket' },
  writeHooks: { oauth: 'webhook', token: 'write:webhook:bitbucket' },
} as const satisfies Readonly<Record<string, Need>>

/** OAuth's `repository:write` includes `repository`; nothing else includes anything, least of all API token scopes. */
export const has = (credential: Credential, need: Need): boolean =>
  credential.kind === 'personal'
    ? credential.scopes.includes(need.token)
    : credential.scopes.includes(need.oauth) ||
      (need.oauth === 'repository' && credential.scopes.includes('repository:write'))

/** The scope that is missing, in the words of the credential. */
export const named = (credential: Credential, need: Need): string =>
  credential.kind === 'personal' ? need.token : need.oauth
