import type { Credential } from '../credentials'

const CATEGORIES = [
  'repository',
  'user',
  'organization',
  'issue',
  'notification',
  'misc',
  'package',
  'admin',
  'activitypub',
]

/** Every scope: a category to read, or to read and write. */
export const SCOPES = CATEGORIES.flatMap((category) => [`read:${category}`, `write:${category}`])

/** The full rights of the person. */
export const ALL = 'all'

/**
 * What an OAuth token may do: the scopes that are known, or everything when none of those asked for is
 * (`openid profile email` are about the person's data and no scopes of the API).
 */
export function grantedScopes(parameter: string, honoured: boolean): readonly string[] {
  const known = parameter.split(/[\s,]+/).filter((scope) => SCOPES.includes(scope) || scope === 'public-only')
  return honoured && known.some((scope) => scope !== 'public-only') ? known : [ALL]
}

/** Whether a token has a scope; to write includes to read. */
export const has = (credential: Credential, needed: string): boolean =>
  credential.scopes.includes(ALL) ||
  credential.scopes.includes(needed) ||
  credential.scopes.includes(needed.replace(/^read:/, 'write:'))
