import { array, boolean, nullable, object } from 'valibot'
import { Account, Dependents, Receipt } from './entities/account'
import { method, nothing } from './method'
import { Id, line, text } from './text'

const ById = object({ id: Id })

export const accounts = {
  /** All accounts, the default first, then by time of connection. */
  list: method(nothing, array(Account)),
  /** Renews the token if that is possible and calls the provider now. */
  refresh: method(ById, Account),
  /** Checks every account; resolves when all have answered. */
  refreshAll: method(nothing, array(Account)),
  rename: method(object({ id: Id, label: text(80) }), Account),
  setDefault: method(ById, array(Account)),
  /**
   * Takes the host's links at the address that was typed, where the one by which it names itself is wrong for this computer;
   * `use: false` takes them as they are again.
   */
  useTypedAddress: method(object({ id: Id, use: boolean() }), Account),
  /** What would break without it. */
  dependents: method(ById, Dependents),
  /** Of two accounts of one person the older one goes on with the sign-in of this one, which goes; its apps stay with it. */
  replaceTwin: method(ById, Account),
  /** Takes access away at the provider, proves it, removes the local secret. */
  revoke: method(ById, Receipt),
  /** Receipts of revocations that still have queued or by-hand steps. */
  receipts: method(nothing, array(Receipt)),
  dismissReceipt: method(object({ accountId: Id }), nothing),
  /** Opens the provider's page on which access is chosen. */
  manageAccess: method(object({ id: Id, owner: nullable(line(200)) }), nothing),
}
