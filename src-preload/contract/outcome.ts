import { type InferOutput, object, optional, picklist, pipe, record, string, transform } from 'valibot'
import { saidFacts } from './plain-text'

/**
 * Every way in which something can fail, closed. Each is translated once, at the edge where it appears
 * (HTTP, git, ssh, OAuth, storage), and has its words, cause and one action in the window's `failures` table.
 */
export const failureCodes = [
  'invalid-input',
  // accounts and OAuth (RFC 6749, RFC 8628)
  'auth-expired',
  'auth-revoked',
  'expires-soon',
  'scope-missing',
  'sso-required',
  'access-restricted',
  'repos-hidden',
  'access-denied',
  'client-id-missing',
  'client-rejected',
  'grant-exists',
  'device-flow-disabled',
  'sign-in-expired',
  'sign-in-mismatch',
  'callback-unreachable',
  'callback-outdated',
  'different-person',
  'token-kind-refused',
  // the network
  'not-found',
  'moved',
  'unreachable',
  'host-not-found',
  'timed-out',
  'rate-limited',
  'server-error',
  'bad-answer',
  'rows-left-out',
  'not-a-forge',
  'intermediary-answered',
  'certificate-untrusted',
  'proxy-login',
  'foreign-link-refused',
  'clock-wrong',
  // git and ssh
  'address-refused',
  'git-missing',
  'clone-refused',
  'object-refused',
  'path-refused',
  'repository-empty',
  'branch-missing',
  'disk-full',
  'folder-not-empty',
  'host-key-unknown',
  'host-key-changed',
  'host-key-refused',
  'publickey-denied',
  'ssh-key-missing',
  'key-type-refused',
  'no-common-algorithm',
  'second-factor-needed',
  'too-many-attempts',
  'connection-closed',
  'key-unreadable',
  'key-in-use',
  'passphrase-wrong',
  // servers, deploys and webhooks
  'shell-refused',
  'tool-missing',
  'sudo-refused',
  'folder-refused',
  'folder-missing',
  'submodule-refused',
  'command-failed',
  'deploy-interrupted',
  'receiver-down',
  'hook-unreached',
  'hook-drifted',
  'hook-signature',
  // this computer
  'keychain-unavailable',
  'keychain-locked',
  'vault-locked',
  'vault-damaged',
  'storage-failed',
  'demo-failed',
  'conflict',
  'consent-withheld',
  'cancelled',
  'unexpected',
] as const

/** One of the closed list of failures. */
export type FailureCode = (typeof failureCodes)[number]

/**
 * A failure as it crosses the border: its code and short facts for its words
 * (`host`, `status`, `until`, `scope`, `path` ...). Facts hold no secret and no control character.
 */
export const FailureData = object({
  code: picklist(failureCodes),
  facts: optional(pipe(record(string(), string()), transform(saidFacts)), {}),
})
export type FailureData = InferOutput<typeof FailureData>

/** Facts of a failure: short, public, printable strings. */
export type Facts = Readonly<Record<string, string>>

/** A failure that people can be told about. Anything else that is thrown is a defect and becomes `unexpected`. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  readonly facts: Facts

  constructor(code: FailureCode, facts: Facts = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.facts = facts
  }
}

/** What a call over the border returns: Electron keeps only an error's message, so failures travel as values. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: FailureData }
