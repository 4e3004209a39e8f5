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
  'delete:webhook:bitbucket',
  'write:ssh-key:bitbucket',
  'delete:ssh-key:bitbucket',
]

/** What a route needs, once in the words of OAuth and once in those of API tokens, of which all are needed. */
export interface Need {
  readonly oauth: string
  readonly token: readonly string[]
}

export const NEEDS = {
  user: { oauth: 'account', token: ['read:user:bitbucket'] },
  workspaces: { oauth: 'account', token: ['read:workspace:bitbucket'] },
  read: { oauth: 'repository', token: ['read:repository:bitbucket'] },
  write: { oauth: 'repository:write', token: ['write:repository:bitbucket'] },
  readKeys: { oauth: 'repository:admin', token: ['admin:repository:bitbucket'] },
  writeKeys: { oauth: 'repository:admin', token: ['admin:repository:bitbucket', 'write:ssh-key:bitbucket'] },
  deleteKeys: { oauth: 'repository:admin', token: ['admin:repository:bitbucket', 'delete:ssh-key:bitbucket'] },
  readHooks: { oauth: 'webhook', token: ['read:webhook:bitbucket'] },
  writeHooks: { oauth: 'webhook', token: ['read:webhook:bitbucket', 'write:webhook:bitbucket'] },
  deleteHooks: { oauth: 'webhook', token: ['delete:webhook:bitbucket'] },
} as const satisfies Readonly<Record<string, Need>>

/** OAuth's `repository:write` includes `repository`; nothing else includes anything, least of all API token scopes. */
export const has = (credential: Credential, need: Need): boolean =>
  credential.kind === 'personal'
    ? need.token.every((scope) => credential.scopes.includes(scope))
    : credential.scopes.includes(need.oauth) ||
      (need.oauth === 'repository' && credential.scopes.includes('repository:write'))

/** The scopes that are needed, in the words of the credential. */
export const named = (credential: Credential, need: Need): readonly string[] =>
  credential.kind === 'personal' ? need.token : [need.oauth]
