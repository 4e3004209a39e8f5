import { array, boolean, nullable, object, optional, picklist } from 'valibot'
import { Detected, ProviderCard, SignInOptions } from './entities/provider'
import { returnRoads, SignIn } from './entities/sign-in'
import { method, nothing } from './method'
import { Id, line, SecretInput, text } from './text'

const ById = object({ id: Id })

export const signIns = {
  providers: method(nothing, array(ProviderCard)),
  /** Says which forge an address (also a clone address) belongs to, within 4 seconds. */
  detect: method(object({ address: line(2048) }), Detected),
  /** `deploys`: for somebody who needs webhooks and deploy keys as well. */
  options: method(object({ provider: Id, host: line(2048), deploys: optional(boolean(), false) }), SignInOptions),
  /** The sign-in under way or just over, so that the wizard can be left and re-entered; null once it was put away. */
  current: method(nothing, nullable(SignIn)),
  /**
   * Starts the redirect or device flow and opens the browser. Ends an earlier one. `deploys` asks for webhooks and deploy
   * keys too; an account that may do so already keeps that when it is reconnected.
   */
  start: method(
    object({
      provider: Id,
      host: line(2048),
      way: picklist(['redirect', 'device']),
      reconnects: optional(nullable(Id), null),
      deploys: optional(boolean(), false),
    }),
    SignIn,
  ),
  connectWithToken: method(
    object({
      provider: Id,
      host: line(2048),
      token: SecretInput,
      username: optional(text(320), ''),
      reconnects: optional(nullable(Id), null),
    }),
    SignIn,
  ),
  /** Opens the same page again. */
  reopen: method(ById, nothing),
  /** Puts the page's whole address on the clipboard. */
  copyLink: method(ById, nothing),
  /** Waits for the answer on another road, or asks for a device code instead. */
  changeRoad: method(object({ id: Id, road: picklist([...returnRoads, 'device']) }), SignIn),
  /** Hands over the address that the browser landed on. */
  pasteBack: method(object({ id: Id, address: SecretInput }), SignIn),
  /** After `different-person`: keep it as an account of its own. */
  keepAsNew: method(ById, SignIn),
  /** Ends what is under way, or puts away what is over. */
  cancel: method(ById, nothing),
}
