import type { Credential } from '../credentials'
import type { Organization, Repository, Role } from '../entities'
import type { ForgeState } from '../forge-state'
import { covers } from './scopes'

/** Why a credential sees a repository or does not. */
export type Sight =
  | { readonly kind: 'seen'; readonly role: Role }
  | { readonly kind: 'hidden' }
  /** A single sign-on session is missing for this organisation. */
  | { readonly kind: 'sso'; readonly organization: Organization }

const HIDDEN: Sight = { kind: 'hidden' }

/** The installation of the credential's app on the repository's owner, if it was given this repository. */
export const installationFor = (forge: ForgeState, credential: Credential, repository: Repository) =>
  forge.installations.find(
    (installation) =>
      installation.app === credential.app &&
      installation.accountId === repository.owner.id &&
      !installation.suspended &&
      (installation.selection === 'all' || installation.selection.has(repository.id)),
  ) ?? null

/** Whether the credential, as opposed to its person, may know of the repository. */
const opens = (forge: ForgeState, credential: Credential, repository: Repository): boolean => {
  if (credential.app?.kind === 'github-app') return installationFor(forge, credential, repository) !== null
  if (credential.kind === 'fine-grained') return credential.repositories?.has(repository.id) ?? true
  const { owner } = repository
  if (owner.kind === 'organization' && owner.blocksOAuthApps && credential.app) return false
  return covers(credential.scopes, 'repo')
}

/** What a credential (`null`: nobody) sees of a repository. */
export function sight(forge: ForgeState, credential: Credential | null, repository: Repository): Sight {
  const role = forge.world.role(credential?.person ?? null, repository)
  if (role === null) return HIDDEN
  if (!credential) return { kind: 'seen', role }
  const { owner } = repository
  if (owner.kind === 'organization' && owner.requiresSso && repository.private && !credential.sso.has(owner.id)) {
    return credential.app?.kind === 'github-app' ? HIDDEN : { kind: 'sso', organization: owner }
  }
  if (!opens(forge, credential, repository)) return repository.private ? HIDDEN : { kind: 'seen', role: 'read' }
  return { kind: 'seen', role }
}

/** Changes whenever the answer of `sight` may have changed for a credential. */
export const sightStamp = (forge: ForgeState, credential: Credential): string =>
  [
    forge.world.version,
    [...credential.sso].join(','),
    ...forge.installations.map(({ id, selection, suspended }) =>
      [id, selection === 'all' ? 'all' : [...selection].join(','), suspended].join(':'),
    ),
  ].join('|')

/** Organisations of the person that a listing leaves out because of single sign-on. */
export function organizationsWithoutSso(forge: ForgeState, credential: Credential): readonly Organization[] {
  if (credential.app?.kind === 'github-app') return []
  return forge.world
    .organizations()
    .filter(
      (organization) =>
        organization.requiresSso &&
        organization.members.has(credential.person.id) &&
        !credential.sso.has(organization.id),
    )
}
