import { array, boolean, nullish, object, optional, string } from 'valibot'
import { Name, NumericId, SshAddress, Time, WebAddress } from '../fields'

// Only the fields that are used; docs.gitea.com, "API", which Forgejo shares.

export const User = object({ id: NumericId, login: Name, full_name: optional(Name, '') })

/** Forgejo puts the Gitea release it is compatible with behind a plus sign. */
export const Version = object({ version: string() })

export const Repository = object({
  id: NumericId,
  owner: object({ login: Name }),
  name: Name,
  full_name: Name,
  empty: optional(boolean(), false),
  private: boolean(),
  fork: boolean(),
  archived: optional(boolean(), false),
  language: nullish(Name),
  updated_at: Time,
  default_branch: nullish(Name),
  clone_url: WebAddress,
  ssh_url: nullish(SshAddress),
  html_url: WebAddress,
})

export const Repositories = array(Repository)

export const BranchRow = object({
  name: Name,
  commit: object({ id: Name }),
  protected: optional(boolean(), false),
})

export const Branches = array(BranchRow)

export const Hook = object({
  id: NumericId,
  active: boolean(),
  events: nullish(array(string()), []),
  config: object({ url: optional(Name, '') }),
})

export const Hooks = array(Hook)

export const DeployKey = object({ id: NumericId, title: Name, key: string(), read_only: boolean() })

export const DeployKeys = array(DeployKey)
