import type { Account } from '../../../src-preload/contract/entities/account'
import { Failure } from '../../../src-preload/contract/outcome'

/**
 * What is known of an account and the organisation, group or workspace that has a repository.
 * `open`: nothing stands in the way. `shut`: nothing of it can be seen. `partly`: only chosen repositories can be seen.
 * `stranger`: the account has no part in it. `unsaid`: the provider does not tell.
 */
export type OwnerState =
  | { readonly kind: 'open' | 'stranger' | 'unsaid' }
  | { readonly kind: 'shut' | 'partly'; readonly failure: Failure }

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** The part of a path that has an access of its own: `group` of `group/sub/project`. */
export const ownerOf = (path: string): string => path.split('/')[0] ?? path

/** Judges by what the account's last check brought. */
export const judgeOwner = ({ access, login, host }: Account, owner: string): OwnerState => {
  const { owners, selection, manageUrl } = access
  const fail = (code: 'sso-required' | 'access-restricted' | 'repos-hidden', url: string | null, why?: string) =>
    new Failure(code, { host, owner, ...(why === undefined ? {} : { why }), ...(url === null ? {} : { url }) })
  const entry = owners.find(({ name }) => same(name, owner))
  switch (entry?.selection) {
    case 'sso-required':
      return { kind: 'shut', failure: fail('sso-required', entry.manageUrl) }
    case 'blocked':
      return { kind: 'shut', failure: fail('access-restricted', entry.manageUrl ?? manageUrl) }
    case 'chosen':
      return { kind: 'partly', failure: fail('repos-hidden', entry.manageUrl ?? manageUrl) }
    case 'all':
      return { kind: 'open' }
  }
  // Owners whose choice of repositories can be changed are those for which the app is installed, one by one.
  const installed = owners.some((one) => /^(all|chosen)$/.test(one.selection) && one.manageUrl !== null)
  if (installed) return { kind: 'partly', failure: fail('repos-hidden', manageUrl, 'not-installed') }
  if (selection === 'chosen') return { kind: 'partly', failure: fail('repos-hidden', manageUrl) }
  if (same(login, owner)) return { kind: 'open' }
  return { kind: owners.length === 0 ? 'unsaid' : 'stranger' }
}
