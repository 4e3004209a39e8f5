/**
 * OAuth scopes of GitHub and what each of them includes.
 * docs.github.com, "Scopes for OAuth apps".
 */
const INCLUDED: Readonly<Record<string, readonly string[]>> = {
  repo: [
    'repo:status',
    'repo_deployment',
    'public_repo',
    'repo:invite',
    'security_events',
    'write:repo_hook',
    'read:repo_hook',
  ],
  'repo:status': [],
  repo_deployment: [],
  public_repo: [],
  'repo:invite': [],
  security_events: [],
  'admin:repo_hook': ['write:repo_hook', 'read:repo_hook'],
  'write:repo_hook': ['read:repo_hook'],
  'read:repo_hook': [],
  'admin:org': ['write:org', 'read:org'],
  'write:org': ['read:org'],
  'read:org': [],
  'admin:public_key': ['write:public_key', 'read:public_key'],
  'write:public_key': ['read:public_key'],
  'read:public_key': [],
  'admin:org_hook': [],
  gist: [],
  notifications: [],
  user: ['read:user', 'user:email', 'user:follow'],
  'read:user': [],
  'user:email': [],
  'user:follow': [],
  delete_repo: [],
  workflow: [],
}

/** Not a scope: asks for a token that runs out. */
export const OFFLINE_ACCESS = 'offline_access'

/** Scopes out of a parameter, which takes spaces and commas alike. */
export const scopeList = (parameter: string): readonly string[] => parameter.split(/[\s,]+/).filter(Boolean)

/** `repo` allows what the hook scopes allow, but GitHub lists them beside it. */
const isHook = (other: string, scope: string): boolean => other === 'repo' && scope.endsWith(':repo_hook')

/** Unknown scopes and those that another one includes are dropped; order of the alphabet. */
export function normalizedScopes(scopes: Iterable<string>): readonly string[] {
  const known = [...new Set(scopes)].filter((scope) => scope in INCLUDED)
  return known
    .filter((scope) => !known.some((other) => INCLUDED[other]?.includes(scope) && !isHook(other, scope)))
    .sort()
}

/** Whether scopes allow what `needed` allows. */
export const covers = (scopes: readonly string[], needed: string): boolean =>
  scopes.some((scope) => scope === needed || INCLUDED[scope]?.includes(needed))
