import { array, boolean, nullish, number, object, optional, picklist, string, union } from 'valibot'
import { Name, NumericId, SshAddress, Time, WebAddress } from '../fields'

// Only the fields that are used; docs.github.com, "REST API", version 2022-11-28.

export const User = object({ id: NumericId, login: Name, name: nullish(Name) })

export const RepositoryRow = object({
  id: NumericId,
  full_name: Name,
  name: Name,
  owner: object({ login: Name }),
  private: boolean(),
  archived: optional(boolean(), false),
  fork: boolean(),
  language: nullish(Name),
  pushed_at: Time,
  default_branch: nullish(Name),
  clone_url: WebAddress,
  ssh_url: nullish(SshAddress),
  html_url: WebAddress,
})

export const RepositoryRows = array(RepositoryRow)

export const InstallationRepositories = object({ total_count: number(), repositories: RepositoryRows })

export const Installations = object({
  total_count: number(),
  installations: array(
    object({
      id: NumericId,
      account: nullish(object({ login: optional(Name, '') })),
      repository_selection: picklist(['all', 'selected']),
      html_url: WebAddress,
      suspended_at: nullish(string()),
    }),
  ),
})

export const Organizations = array(object({ id: NumericId, login: Name }))

export const Organization = object({ login: Name })

export const BranchRow = object({
  name: Name,
  commit: object({ sha: Name }),
  protected: optional(boolean(), false),
})

export const Hook = object({
  id: NumericId,
  active: boolean(),
  events: array(string()),
  config: object({ url: optional(Name, '') }),
  last_response: nullish(object({ code: nullish(number()) })),
})

export const HookDeliveries = array(
  object({
    id: NumericId,
    delivered_at: Time,
    event: Name,
    status: nullish(Name),
    status_code: nullish(number()),
    /** Seconds. */
    duration: nullish(number()),
  }),
)

export const DeployKey = object({ id: NumericId, title: Name, key: string(), read_only: boolean() })

/** Body of a refusal, as far as it is worth repeating. */
export const Refusal = object({
  message: optional(string(), ''),
  errors: optional(
    array(
      union([string(), object({ message: optional(string()), field: optional(string()), code: optional(string()) })]),
    ),
    [],
  ),
})
