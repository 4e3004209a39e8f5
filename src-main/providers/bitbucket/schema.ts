import { array, boolean, looseObject, nullish, number, object, optional, pipe, regex, string, transform } from 'valibot'
import { Name, NumericId, SshAddress, Time, WebAddress } from '../fields'

// Only the fields that are used; developer.atlassian.com, "The Bitbucket Cloud REST API".

export const uuidPattern = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/

/** A UUID in braces: the identifier that survives renames and transfers. */
export const Uuid = pipe(
  string(),
  transform((value) => value.toLowerCase()),
  regex(uuidPattern),
)

/** Pages by `next` in the body; `size` is there where counting is cheap. */
export const Page = object({ next: optional(string()), size: optional(number()), pagelen: optional(number()) })

export const User = object({ uuid: Uuid, nickname: optional(Name, ''), display_name: optional(Name, '') })

const WorkspaceBase = object({ uuid: Uuid, slug: Name })

/** Memberships, each around a workspace without its name. */
export const Workspaces = object({ values: array(object({ workspace: WorkspaceBase })) })

/** Clone addresses carry the asker's name, which has no business in them here. */
const withoutUser = pipe(
  string(),
  transform((value) => value.replace(/^(https?:\/\/)[^/@]*@/, '$1')),
  WebAddress,
)

const CloneLink = object({ name: string(), href: string() })

export const Repository = object({
  uuid: Uuid,
  full_name: Name,
  slug: Name,
  is_private: boolean(),
  parent: optional(nullish(looseObject({})), null),
  language: optional(Name, ''),
  updated_on: Time,
  mainbranch: nullish(object({ name: Name })),
  workspace: object({ slug: Name }),
  links: object({ html: object({ href: WebAddress }), clone: array(CloneLink) }),
})

export const HttpsClone = withoutUser
export const SshClone = SshAddress

export const Repositories = object({ values: array(Repository) })

export const BranchRow = object({ name: Name, target: object({ hash: Name }) })

export const Branches = object({ values: array(BranchRow), next: optional(string()) })

export const Hook = object({ uuid: Uuid, url: Name, active: boolean(), events: array(string()) })

export const Hooks = object({ values: array(Hook) })

export const DeployKey = object({ id: NumericId, label: optional(Name, ''), key: string() })

export const DeployKeys = object({ values: array(DeployKey) })

/** `error.detail` names scopes when one is missing, and is text otherwise. */
export const MissingScope = object({ error: object({ detail: object({ required: array(string()) }) }) })

export const AnyError = object({ error: object({ message: string() }) })
