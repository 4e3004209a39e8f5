import { array, boolean, nullable, object, optional, picklist, string } from 'valibot'
import { Account } from './entities/account'
import { AgentKey, SshAddress, SshKey, SshTest } from './entities/ssh-key'
import { method, nothing } from './method'
import { Id, line, text, Whole } from './text'

const ById = object({ id: Id })

export const sshKeys = {
  list: method(nothing, array(SshKey)),
  /** Makes a pair; the private half goes into the vault. */
  create: method(object({ kind: picklist(['ed25519', 'rsa-4096']), name: line(80) }), SshKey),
  /** Takes over a private key as text (OpenSSH, PEM, PKCS#8, PuTTY), with its passphrase if it has one. */
  importKey: method(object({ name: line(80), privateKey: text(65_536), passphrase: optional(text(1024), '') }), SshKey),
  /** Reads a key file that the person picks, for `importKey`'s form; null when they pick none. */
  pickKeyFile: method(nothing, nullable(object({ name: string(), encrypted: boolean(), id: string() }))),
  /** Private keys in the person's own `~/.ssh`, for `importFile`; it is read only when this is asked. */
  findKeyFiles: method(nothing, array(object({ name: string(), encrypted: boolean(), id: string() }))),
  importFile: method(object({ id: Id, name: line(80), passphrase: optional(text(1024), '') }), SshKey),
  /** Keys of the running ssh-agent; asked for only when the person wants to use one. */
  agentKeys: method(nothing, array(AgentKey)),
  takeAgentKey: method(object({ fingerprint: line(100), name: line(80) }), SshKey),
  /**
   * Asks for a `*-cert.pub` file, which is offered with the key from now on; null when the person picks none.
   * @throws `key-unreadable` with the reason when it is not for this key
   */
  pickCertificate: method(ById, nullable(SshKey)),
  dropCertificate: method(ById, SshKey),
  rename: method(object({ id: Id, name: line(80) }), SshKey),
  /** Refused with `conflict` while accounts use it. */
  remove: method(ById, nothing),
  /** Saves the public half as a file that the person names; false when they name none. */
  savePublicKey: method(ById, nullable(Whole)),
  /** Makes the key that will replace this one; the old one goes when the new one has been proved. */
  rotate: method(ById, SshKey),
  /** Adds it to a repository as its read-only deploy key, by the account's interface. */
  addDeployKey: method(object({ id: Id, accountId: Id, repositoryId: Id }), SshKey),
  /** Takes it away from there again. */
  removeDeployKey: method(object({ id: Id, accountId: Id, repositoryId: Id }), SshKey),
  /** Reads an address. @throws `address-refused` with the reason and, where there is one, the corrected form. */
  parseAddress: method(object({ address: text(2048) }), SshAddress),
  /** Starts a connection test; its steps are announced. */
  test: method(object({ keyId: Id, address: line(2048) }), SshTest),
  /** Answers `asks-host-key`: the fingerprint that was shown is trusted from now on. */
  confirmHostKey: method(object({ testId: Id, fingerprint: line(100) }), SshTest),
  cancelTest: method(ById, nothing),
  /** Connects an account that clones by this key. */
  connect: method(
    object({ keyId: Id, address: line(2048), name: line(80), reconnects: optional(nullable(Id), null) }),
    Account,
  ),
}
