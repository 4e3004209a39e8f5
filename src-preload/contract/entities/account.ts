import { array, boolean, type InferOutput, nullable, number, object, picklist, string } from 'valibot'
import { FailureData } from '../outcome'
import { Whole } from '../text'

/**
 * `connected`: the last call with the credential worked. `needs-attention`: it works, but not for everything
 * (scope too narrow, SSO session missing, expiry near). `expired`: only signing in again helps.
 * `revoked`: the provider refuses the credential for good. `unreachable`: the network or the host, never the credential.
 * `waiting`: the credential is in a vault that is still locked. `checking`: no answer yet.
 */
export const accountStates = [
  'connected',
  'needs-attention',
  'expired',
  'revoked',
  'unreachable',
  'waiting',
  'checking',
] as const
export type AccountState = (typeof accountStates)[number]

/** How the account signs in. */
export const accountKinds = ['oauth', 'token', 'ssh'] as const
export type AccountKind = (typeof accountKinds)[number]

/** What the credential can see: `chosen` and `all` as the provider says, `full` when it ignores scopes. */
export const Access = object({
  selection: picklist(['all', 'chosen', 'full', 'unknown']),
  /** The provider's own page to change it, or null. */
  manageUrl: nullable(string()),
  /** One entry an organisation, workspace or installation, where the provider tells them apart. */
  owners: array(
    object({
      name: string(),
      selection: picklist(['all', 'chosen', 'blocked', 'sso-required']),
      manageUrl: nullable(string()),
    }),
  ),
})
export type Access = InferOutput<typeof Access>

/** A connected account as the window sees it. There is no credential in it and no field that could hold one. */
export const Account = object({
  id: string(),
  /** Key into the provider cards, for title and icon. */
  provider: string(),
  /** Base address, `https://host[:port][/path]`, without a trailing slash. For SSH `ssh://host[:port]`. */
  host: string(),
  kind: picklist(accountKinds),
  login: string(),
  name: string(),
  /** What the person calls it; empty means "use the login". */
  label: string(),
  isDefault: boolean(),
  state: picklist(accountStates),
  /** Why it is not simply `connected`. */
  reason: nullable(FailureData),
  /** Clone addresses that an SSH account has reached, the last used first; empty for other kinds. */
  addresses: array(Whole),
  /** The address by which the host names itself, where its links are taken at `host` instead; null: as they are. */
  namedAs: nullable(string()),
  /** Granted scopes or permissions as the provider names them; null when it does not say. */
  scopes: nullable(array(string())),
  access: Access,
  repositoryCount: nullable(number()),
  /** When the credential stops working for good, unless renewed by a person: Unix ms, or null for "does not". */
  expiresAt: nullable(number()),
  /** When the access token is next renewed by itself: Unix ms, or null. */
  renewsAt: nullable(number()),
  connectedAt: number(),
  /** Unix ms of the last answer from the provider, or null. */
  checkedAt: nullable(number()),
  /** Unix ms of the next automatic try while unreachable, or null. */
  nextCheckAt: nullable(number()),
  appsUsing: number(),
  /** Another account is the same person on the same host. */
  samePersonAs: nullable(string()),
  can: object({ refresh: boolean(), revoke: boolean(), list: boolean(), webhooks: boolean(), deployKeys: boolean() }),
})
export type Account = InferOutput<typeof Account>

/** What breaks when an account goes. */
export const Dependents = object({
  apps: array(object({ id: string(), name: string() })),
  webhooks: number(),
  deployKeys: number(),
})
export type Dependents = InferOutput<typeof Dependents>

/** One step of a revocation. `queued` is tried again later; `by-hand` has a page where a person finishes it. */
export const ReceiptStep = object({
  what: picklist([
    'access-token',
    'refresh-token',
    'authorization',
    'webhook',
    'deploy-key',
    'local-secret',
    'ssh-key',
    'public-key',
    'account',
  ]),
  name: string(),
  outcome: picklist(['removed', 'already-gone', 'queued', 'by-hand', 'kept']),
  url: nullable(string()),
  failure: nullable(FailureData),
})
/** What a revocation removed, proved by reading again, and what it could not. */
export const Receipt = object({
  accountId: string(),
  login: string(),
  host: string(),
  at: number(),
  steps: array(ReceiptStep),
})
export type Receipt = InferOutput<typeof Receipt>
