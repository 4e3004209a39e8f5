import { array, boolean, type InferOutput, nullable, number, object, optional, picklist, string } from 'valibot'
import { FailureData } from '../outcome'
import { Said, Whole } from '../text'

/** A repository that a key was added to as its read-only deploy key. */
export const DeployKeyPlace = object({
  accountId: string(),
  repositoryId: string(),
  path: string(),
  /** Unix ms. */
  addedAt: number(),
})
export type DeployKeyPlace = InferOutput<typeof DeployKeyPlace>

/** What an OpenSSH user certificate says of a key. */
export const KeyCertificate = object({
  id: Said,
  serial: string(),
  /** Users that it logs in as; none stands for all. */
  principals: array(Said),
  /** Unix ms; null when it does not end. */
  validUntil: nullable(number()),
  /** Fingerprint of the key that signed it. */
  authority: string(),
})
export type KeyCertificate = InferOutput<typeof KeyCertificate>

/** A key that the app can offer. The private half is in the vault, or in a running ssh-agent; it never crosses. */
export const SshKey = object({
  id: string(),
  name: string(),
  /** `ssh-ed25519`, `ssh-rsa` ... */
  type: string(),
  bits: number(),
  from: picklist(['made', 'imported', 'agent']),
  /** The whole line to paste: `type base64 comment`. */
  publicKey: Whole,
  /** `SHA256:…` */
  fingerprint: string(),
  /** The picture that ssh-keygen draws of it. */
  randomart: Whole,
  createdAt: number(),
  lastUsedAt: nullable(number()),
  /** Ids of the accounts that sign in with it. */
  accounts: array(string()),
  /** Repositories whose deploy key it is, as far as the app added it. */
  deployKeyOf: array(DeployKeyPlace),
  /** What else depends on it, in words: `Server Production`. */
  usedBy: array(string()),
  /** Set while a newer key is being proved before this one goes. */
  replacedBy: nullable(string()),
  /** Offered with the key. */
  certificate: optional(nullable(KeyCertificate), null),
})
export type SshKey = InferOutput<typeof SshKey>

/** A key that a running ssh-agent offers (1Password, gpg-agent, Pageant …). */
export const AgentKey = object({ publicKey: Whole, fingerprint: string(), comment: Said, type: Said })
export type AgentKey = InferOutput<typeof AgentKey>

/** A clone address by SSH, read and checked. */
export const SshAddress = object({
  user: string(),
  host: string(),
  port: number(),
  path: string(),
  /** As it is handed to git. */
  address: Whole,
})
export type SshAddress = InferOutput<typeof SshAddress>

/** The steps of a connection test, in order; the first that fails ends it. */
export const sshSteps = ['resolve', 'reach', 'host-key', 'login', 'repository', 'branches'] as const
export type SshStep = (typeof sshSteps)[number]

/** A connection test under way, or how it ended. */
export const SshTest = object({
  id: string(),
  address: SshAddress,
  state: picklist(['running', 'asks-host-key', 'passed', 'failed', 'cancelled']),
  steps: array(
    object({
      step: picklist(sshSteps),
      state: picklist(['waiting', 'running', 'passed', 'failed']),
      milliseconds: nullable(number()),
      /** An address, a greeting, a number of branches … */
      detail: nullable(Said),
    }),
  ),
  /** The host's key, when it has to be confirmed. */
  hostKey: nullable(
    object({
      host: string(),
      port: number(),
      type: string(),
      fingerprint: string(),
      /** Fingerprint of the key that the host publishes; null where it publishes none. */
      published: nullable(string()),
    }),
  ),
  branches: array(object({ name: Said, default: boolean() })),
  failure: nullable(FailureData),
})
export type SshTest = InferOutput<typeof SshTest>

/** A host key that is trusted. */
export const HostKeyEntry = object({
  id: string(),
  /** `name` or `[name]:port`; hashed names are shown as such. */
  host: string(),
  /** Not the key of a host: one that signs the certificates of hosts, or one that was withdrawn. */
  marker: nullable(picklist(['cert-authority', 'revoked'])),
  type: string(),
  fingerprint: string(),
  from: picklist(['published', 'confirmed']),
  confirmedAt: nullable(number()),
})
export type HostKeyEntry = InferOutput<typeof HostKeyEntry>
