import {
  array,
  boolean,
  integer,
  maxValue,
  minValue,
  nullable,
  number,
  object,
  optional,
  picklist,
  pipe,
  regex,
} from 'valibot'
import { Removal } from './entities/removal'
import { Server, ServerRemnant } from './entities/server'
import { method, nothing } from './method'
import { Id, line, SecretInput } from './text'

const ById = object({ id: Id })
const Port = pipe(number(), integer(), minValue(1), maxValue(65_535))
/** A path on the server: absolute, one line. */
const ServerPath = pipe(line(1024), regex(/^\//))

/** Where it is and who logs in. Without `keyId` a key is made for it. */
const Place = {
  name: line(80),
  host: line(255),
  port: optional(Port, 22),
  user: line(64),
  keyId: optional(nullable(Id), null),
}

export const servers = {
  list: method(nothing, array(Server)),
  /** Adds a server; its checks start at once and are announced by `servers.changed`. */
  add: method(object(Place), Server),
  /** Changes it; a new place is checked at once. `keyId: null` keeps the key. */
  edit: method(object({ id: Id, ...Place }), Server),
  /**
   * Puts the public half on the server with a password that is used once and never kept.
   * @throws `access-denied` for a wrong password, `host-key-unknown` before the host key is confirmed
   */
  installKey: method(object({ id: Id, password: SecretInput }), Server),
  /** Answers `asks-host-key`; the checks go on. */
  confirmHostKey: method(object({ id: Id, fingerprint: line(100) }), Server),
  /** Resolves when the checks have ended; each step is announced. */
  check: method(ById, Server),
  /** Starts the checks of all servers. */
  checkAll: method(nothing, nothing),
  /** Installs Debian's `webhook` with sudo; the password, if one is needed, is used once. @throws `sudo-refused` */
  installReceiver: method(object({ id: Id, password: optional(nullable(SecretInput), null) }), Server),
  /** How pushes reach it. The receiver is started again with it, and the webhooks of its apps follow. */
  setReceiver: method(
    object({
      id: Id,
      listen: picklist(['own-port', 'loopback']),
      port: Port,
      certificate: optional(nullable(object({ chain: ServerPath, key: ServerPath })), null),
      publicUrl: optional(nullable(line(2048)), null),
    }),
    Server,
  ),
  /** Starts the receiver where it should run and does not. */
  startReceiver: method(ById, Server),
  /** What the app left there. */
  remnants: method(ById, array(ServerRemnant)),
  /** Removes it from the list, and what it left if asked; refused with `conflict` while apps use it. */
  remove: method(object({ id: Id, clean: optional(boolean(), false) }), Removal),
}
