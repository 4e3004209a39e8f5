import { array, boolean, type InferOutput, nullable, object, picklist, string } from 'valibot'
import { Whole } from '../text'

/** Ways to sign in. `redirect` covers deep link, loopback and paste-back, which are three ways for one answer to return. */
export const signInWays = ['redirect', 'device', 'token', 'ssh'] as const
export type SignInWay = (typeof signInWays)[number]

/** A provider as the wizard offers it. */
export const ProviderCard = object({
  id: string(),
  title: string(),
  /** SVG path data on a 24 x 24 grid. */
  icon: Whole,
  /** Known hosts to offer, e.g. `{ label: 'GitHub.com', host: 'https://github.com' }`. */
  hosts: array(object({ label: string(), host: string() })),
  /** Whether any other host may be typed. */
  selfHosted: boolean(),
  ways: array(picklist(signInWays)),
})
export type ProviderCard = InferOutput<typeof ProviderCard>

/** How one provider lets people in at one host, given what is configured. */
export const SignInOptions = object({
  provider: string(),
  host: string(),
  ways: array(
    object({
      way: picklist(signInWays),
      /** What is missing before this way can be used. */
      missing: nullable(picklist(['client-id', 'client-secret', 'callback'])),
    }),
  ),
  token: nullable(
    object({
      /** Page where a token is made, with name and scopes filled in where the provider allows. */
      createUrl: string(),
      /** Whether an e-mail or user name goes with the token. */
      username: nullable(string()),
      scopes: array(string()),
    }),
  ),
  registration: nullable(
    object({
      /** Page where an OAuth app is registered. */
      url: string(),
      /** Callback addresses to enter there. */
      callbacks: array(string()),
      needsSecret: boolean(),
      scopes: array(string()),
    }),
  ),
  /** Words to show beside the choice, e.g. the provider ignores scopes. */
  notes: array(picklist(['insecure-http', 'secret-needed', 'device-recommended', 'for-deploys'])),
})
export type SignInOptions = InferOutput<typeof SignInOptions>

/** What an address turned out to be. */
export const Detected = object({
  /** Base address of the host. */
  host: string(),
  /** Provider id, or null when it could not be told. */
  provider: nullable(string()),
  /** `owner/name` path when a clone address was pasted. */
  repository: nullable(string()),
  /** Which evidence decided it. */
  by: picklist(['known-host', 'git-realm', 'api', 'ssh-address', 'none']),
})
export type Detected = InferOutput<typeof Detected>
