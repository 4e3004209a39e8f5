import { array, boolean, nullish, number, object, picklist, string, union } from 'valibot'
import { KnownName, MaybeAddress, Name, NumericId, RefName, SshAddress, Time, WebAddress } from '../fields'

// Only the fields that are used; docs.github.com, "REST API", version 2022-11-28. What may be absent may be null.

export const User = object({ id: NumericId, login: Name, name: nullish(Name) })

export const RepositoryRow = object({
  id: NumericId,
  full_name: KnownName,
  name: KnownName,
  owner: object({ login: KnownName }),
  private: boolean(),
  archived: nullish(boolean(), false),
  fork: nullish(boolean(), false),
  language: nullish(Name),
  pushed_at: Time,
  default_branch: nullish(Name),
  clone_url: WebAddress,
  ssh_url: MaybeAddress(SshAddress),
  html_url: WebAddress,
})

/** How many rows there are, beside the rows. */
export const Counted = object({ total_count: number() })

export const Installation = object({
  id: NumericId,
  /** An enterprise has `slug` and `name` in place of `login`. */
  account: nullish(object({ login: nullish(Name), slug: nullish(Name), name: nullish(Name) })),
  repository_selection: picklist(['all', 'selected']),
  html_url: WebAddress,
  suspended_at: nullish(string()),
})

export const OrganizationRow = object({ id: NumericId, login: KnownName })

export const Organization = object({ login: Name })

export const BranchRow = object({
  name: RefName,
  commit: object({ sha: Name }),
  protected: nullish(boolean(), false),
})

export const Hook = object({
  id: NumericId,
  active: boolean(),
  events: nullish(array(string()), []),
  config: nullish(object({ url: nullish(Name) })),
  last_response: nullish(object({ code: nullish(number()) })),
})

export const HookDelivery = object({
  id: NumericId,
  delivered_at: Time,
  event: Name,
  status: nullish(Name),
  /** 0 when there was no answer. */
  status_code: nullish(number()),
  /** Seconds. */
  duration: nullish(number()),
})

export const DeployKey = object({
  id: NumericId,
  title: nullish(Name, ''),
  key: string(),
  read_only: boolean(),
  /** An organisation that forbids deploy keys switches them off. */
  enabled: nullish(boolean(), true),
})

/** Body of a refusal, as far as it is worth repeating. */
export const Refusal = object({
  message: nullish(string(), ''),
  errors: nullish(
    array(union([string(), object({ message: nullish(string()), field: nullish(string()), code: nullish(string()) })])),
    [],
  ),
})
