import {
  array,
  boolean,
  literal,
  nullish,
  number,
  object,
  optional,
  picklist,
  record,
  string,
  union,
  unknown,
} from 'valibot'
import { Name, NumericId, SshAddress, Time, WebAddress } from '../fields'

// Only the fields that are used; docs.gitlab.com, "REST API resources".

export const User = object({ id: NumericId, username: Name, name: optional(Name, '') })

/** Self-managed instances may have switched either way of cloning off: then its address is null or empty. */
const Clone = <T extends typeof WebAddress | typeof SshAddress>(address: T) => nullish(union([address, literal('')]))

export const Project = object({
  id: NumericId,
  path: Name,
  path_with_namespace: Name,
  namespace: object({ full_path: Name }),
  visibility: optional(picklist(['private', 'internal', 'public']), 'private'),
  archived: optional(boolean(), false),
  empty_repo: optional(boolean(), false),
  forked_from_project: optional(unknown(), null),
  last_activity_at: Time,
  default_branch: nullish(Name),
  http_url_to_repo: Clone(WebAddress),
  ssh_url_to_repo: Clone(SshAddress),
  web_url: WebAddress,
})

export const Projects = array(Project)

export const BranchRow = object({
  name: Name,
  commit: object({ id: Name }),
  default: optional(boolean(), false),
  protected: optional(boolean(), false),
})

export const Branches = array(BranchRow)

/** `GET /personal_access_tokens/self`. */
export const OwnToken = object({ scopes: array(Name), expires_at: Time })

/** `GET /oauth/token/info`. */
export const TokenInfo = object({ scope: array(Name) })

export const Hook = object({
  id: NumericId,
  url: Name,
  push_events: optional(boolean(), false),
  alert_status: nullish(Name),
  disabled_until: nullish(Name),
})

export const HookEvents = array(
  object({
    id: NumericId,
    trigger: optional(Name, ''),
    response_status: nullish(union([string(), number()])),
    response_headers: nullish(record(string(), unknown())),
    response_body: nullish(Name),
    /** Seconds. */
    execution_duration: nullish(number()),
  }),
)

export const DeployKey = object({ id: NumericId, title: Name, key: string(), can_push: optional(boolean(), false) })

/** Body of a refusal by RFC 6750, which GitLab uses beside its own `message`. */
export const Refusal = object({
  error: optional(string(), ''),
  error_description: optional(string(), ''),
  scope: optional(string(), ''),
})
