import { ownOf } from '../../../src-preload/contract/own'
import type { Answer } from '../http'

/** `repo` is the smallest scope that shows private repositories; `read:org` names the organisations behind them. */
export const signInScopes = ['repo', 'read:org'] as const

const implied: Readonly<Record<string, readonly string[]>> = {
  repo: ['repo:status', 'repo_deployment', 'public_repo', 'repo:invite', 'security_events', 'admin:repo_hook'],
  'admin:repo_hook': ['write:repo_hook'],
  'write:repo_hook': ['read:repo_hook'],
  'admin:org': ['write:org'],
  'write:org': ['read:org'],
  user: ['read:user', 'user:email', 'user:follow'],
}

const covers = (granted: string, wanted: string): boolean =>
  granted === wanted || (ownOf(implied, granted) ?? []).some((scope) => covers(scope, wanted))

const listed = (header: string | undefined): readonly string[] | null =>
  header === undefined
    ? null
    : header
        .split(',')
        .map((scope) => scope.trim())
        .filter((scope) => scope !== '')

/** Scopes of the token that was used; null for tokens that have permissions instead (GitHub Apps, fine-grained). */
export const grantedScopes = ({ headers }: Answer): readonly string[] | null => listed(headers['x-oauth-scopes'])

/** Whether any of the granted scopes includes the wanted one. */
export const includesScope = (granted: readonly string[], wanted: string): boolean =>
  granted.some((scope) => covers(scope, wanted))

/**
 * The scope that an answer says would have been needed and was not there, or null. GitHub answers 404 for what a token
 * may not know of, and tells the truth in its headers; docs.github.com, "Scopes for OAuth apps".
 */
export const lackingScope = (answer: Answer): string | null => {
  const granted = grantedScopes(answer)
  const accepted = listed(answer.headers['x-accepted-oauth-scopes']) ?? []
  if (granted === null || accepted.length === 0) return null
  return accepted.some((scope) => includesScope(granted, scope)) ? null : (accepted[0] ?? null)
}
