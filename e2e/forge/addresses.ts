import { type Account, accountPath, type Repository, repositoryPath } from './entities'
import type { ForgeState } from './forge-state'

/** The page of an account. */
export const accountUrl = (forge: ForgeState, account: Account): string => `${forge.address}/${accountPath(account)}`

/** The page of a repository; its clone address is this and `.git`. */
export const repositoryUrl = (forge: ForgeState, repository: Repository): string =>
  `${forge.address}/${repositoryPath(repository)}`

export const cloneUrl = (forge: ForgeState, repository: Repository): string => `${repositoryUrl(forge, repository)}.git`

/** `git@host:path.git` on port 22, the long form on any other. */
export function sshUrl(forge: ForgeState, repository: Repository): string {
  const { hostname } = new URL(forge.origin)
  return forge.sshPort === 22
    ? `git@${hostname}:${repositoryPath(repository)}.git`
    : `ssh://git@${hostname}:${forge.sshPort}/${repositoryPath(repository)}.git`
}
