import { array, boolean, nullish, object, string } from 'valibot'
import { KnownName, MaybeAddress, Name, NumericId, RefName, SshAddress, Time, WebAddress } from '../fields'

// Only the fields that are used; docs.gitea.com, "API", which Forgejo shares. What may be absent may be null.

export const User = object({ id: NumericId, login: Name, full_name: nullish(Name, '') })

/** Forgejo puts the Gitea release it is compatible with behind a plus sign. */
export const Version = object({ version: string() })

export const Repository = object({
  id: NumericId,
  owner: object({ login: KnownName }),
  name: KnownName,
  full_name: KnownName,
  empty: nullish(boolean(), false),
  private: boolean(),
  fork: nullish(boolean(), false),
  archived: nullish(boolean(), false),
  language: nullish(Name),
  updated_at: Time,
  default_branch: nullish(Name),
  clone_url: WebAddress,
  ssh_url: MaybeAddress(SshAddress),
  html_url: WebAddress,
})

export const BranchRow = object({
  name: RefName,
  commit: object({ id: Name }),
  protected: nullish(boolean(), false),
})

export const Hook = object({
  id: NumericId,
  active: boolean(),
  events: nullish(array(string()), []),
  /** At Forgejo, which calls `config` deprecated. */
  url: nullish(Name),
  config: nullish(object({ url: nullish(Name) })),
})

export const DeployKey = object({ id: NumericId, title: nullish(Name, ''), key: string(), read_only: boolean() })
