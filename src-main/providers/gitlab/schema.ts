import { array, boolean, nullish, number, object, picklist, record, string, union, unknown } from 'valibot'
import { KnownName, MaybeAddress, Name, NumericId, RefName, SshAddress, Time, WebAddress } from '../fields'

// Only the fields that are used; docs.gitlab.com, "REST API resources". What may be absent may be null.

export const User = object({ id: NumericId, username: Name, name: nullish(Name, '') })

export const Project = object({
  id: NumericId,
  path: KnownName,
  path_with_namespace: KnownName,
  namespace: object({ full_path: KnownName }),
  visibility: nullish(picklist(['private', 'internal', 'public']), 'private'),
  archived: nullish(boolean(), false),
  empty_repo: nullish(boolean(), false),
  forked_from_project: nullish(unknown(), null),
  last_activity_at: Time,
  default_branch: nullish(Name),
  // Self-managed instances may have switched either way of cloning off.
  http_url_to_repo: MaybeAddress(WebAddress),
  ssh_url_to_repo: MaybeAddress(SshAddress),
  web_url: WebAddress,
})

/** Of a project, as much as its place in the order by id needs. */
export const ProjectId = object({ id: NumericId })

export const BranchRow = object({
  name: RefName,
  commit: object({ id: Name }),
  default: nullish(boolean(), false),
  protected: nullish(boolean(), false),
})

/** `GET /personal_access_tokens/self`. */
export const OwnToken = object({ scopes: array(Name), expires_at: Time })

/** `GET /oauth/token/info`. */
export const TokenInfo = object({ scope: array(Name) })

export const Hook = object({
  id: NumericId,
  url: nullish(Name, ''),
  push_events: nullish(boolean(), false),
  alert_status: nullish(Name),
  disabled_until: nullish(Name),
})

export const HookEvent = object({
  id: NumericId,
  trigger: nullish(Name, ''),
  /** A status as text, or words such as "internal error" where no answer came. */
  response_status: nullish(union([Name, number()])),
  response_headers: nullish(union([record(string(), unknown()), array(unknown())])),
  response_body: nullish(Name),
  /** Seconds. */
  execution_duration: nullish(number()),
  /** Absent in the first versions that had the log. */
  created_at: Time,
})

export const DeployKey = object({
  id: NumericId,
  title: nullish(Name, ''),
  key: string(),
  can_push: nullish(boolean(), false),
})

/** Body of a refusal by RFC 6750, which GitLab uses beside its own `message`. */
export const Refusal = object({
  error: nullish(string(), ''),
  error_description: nullish(string(), ''),
  scope: nullish(string(), ''),
})
