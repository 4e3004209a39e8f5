import { array, boolean, integer, maxValue, minValue, nullable, number, object, optional, pipe } from 'valibot'
import { Server, ServerRemnant } from './entities/server'
import { method, nothing } from './method'
import { Id, line, SecretInput } from './text'

const ById = object({ id: Id })
const Port = pipe(number(), integer(), minValue(1), maxValue(65_535))

export const servers = {
  list: method(nothing, array(Server)),
  /** Adds a server; its checks start at once and are announced. Without `keyId` a key is made for it. */
  add: method(
    object({
      name: line(80),
      host: line(255),
      port: optional(Port, 22),
      user: line(64),
      keyId: optional(nullable(Id), null),
    }),
    Server,
  ),
  /** Puts the public half on the server with a password that is used once and never kept. */
  installKey: method(object({ id: Id, password: SecretInput }), Server),
  /** Answers `asks-host-key`. */
  confirmHostKey: method(object({ id: Id, fingerprint: line(100) }), Server),
  check: method(ById, Server),
  checkAll: method(nothing, nothing),
  /** Installs Debian's `webhook` with sudo; the password, if one is needed, is used once. */
  installReceiver: method(object({ id: Id, password: optional(nullable(SecretInput), null) }), Server),
  rename: method(object({ id: Id, name: line(80) }), Server),
  /** What the app left there. */
  remnants: method(ById, array(ServerRemnant)),
  /** Removes it from the list, and what it left if asked; refused with `conflict` while apps use it. */
  remove: method(object({ id: Id, clean: optional(boolean(), false) }), nothing),
}
