import { array, boolean, check, nullish, number, object, pipe, regex, string, transform, unknown } from 'valibot'
import { KnownName, MaybeAddress, Name, NumericId, RefName, SshAddress, Time, WebAddress } from '../fields'

// Only the fields that are used; developer.atlassian.com, "The Bitbucket Cloud REST API". By its description hardly a
// field has to be there, and what may be absent may be null.

export const uuidPattern = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/

/** A UUID in braces: the identifier that survives renames and transfers. */
export const Uuid = pipe(
  string(),
  transform((value) => value.toLowerCase()),
  regex(uuidPattern),
)

/** Pages by `next` in the body; `size` is there where counting is cheap. */
export const Page = object({ next: nullish(string()), size: nullish(number()), pagelen: nullish(number()) })

export const User = object({ uuid: Uuid, nickname: nullish(Name, ''), display_name: nullish(Name, '') })

/** Memberships, each around a workspace without its name. */
export const Membership = object({ workspace: object({ slug: KnownName }) })

/** Clone addresses carry the asker's name, which has no business in them here. */
const withoutUser = pipe(
  string(),
  transform((value) => value.replace(/^(https?:\/\/)[^/@]*@/, '$1')),
  WebAddress,
)

const CloneLink = object({ name: nullish(string()), href: nullish(string()) })

/** `workspace/slug`, from which both follow where they are not told. */
const FullName = pipe(
  Name,
  check((value) => /^[^/]+\/[^/]+$/.test(value)),
)

export const Repository = object({
  uuid: Uuid,
  full_name: FullName,
  slug: nullish(Name),
  is_private: nullish(boolean(), true),
  parent: nullish(unknown(), null),
  language: nullish(Name, ''),
  updated_on: Time,
  mainbranch: nullish(object({ name: nullish(Name) })),
  workspace: nullish(object({ slug: nullish(Name) })),
  links: nullish(
    object({
      html: nullish(object({ href: MaybeAddress(WebAddress) })),
      clone: nullish(array(nullish(CloneLink)), []),
    }),
    {},
  ),
})

export const HttpsClone = withoutUser
export const SshClone = SshAddress

export const BranchRow = object({ name: RefName, target: object({ hash: Name }) })

export const Hook = object({
  uuid: Uuid,
  url: nullish(Name, ''),
  active: nullish(boolean(), false),
  events: nullish(array(string()), []),
})

export const DeployKey = object({ id: NumericId, label: nullish(Name, ''), key: string() })

/** `error.detail` names scopes when one is missing, and is text otherwise. */
export const MissingScope = object({ error: object({ detail: object({ required: array(string()) }) }) })

export const AnyError = object({ error: object({ message: string() }) })
