import { nullable, object, string } from 'valibot'
import { Webhook } from './entities/webhook'
import { method } from './method'
import { Id, line } from './text'

const OfApp = object({ appId: Id })

export const webhooks = {
  /** As last seen; `check` looks again at the provider and on the server. */
  get: method(OfApp, Webhook),
  check: method(OfApp, Webhook),
  /** Makes it, or mends what drifted. @throws `scope-missing` when the account may not make webhooks yet */
  repair: method(OfApp, Webhook),
  /**
   * Asks the provider for a test event where it has one, else sends a signed event of our own to the address.
   * Resolves when the receiver has seen it or after 15 s. @throws `hook-unreached`
   */
  test: method(OfApp, Webhook),
  /**
   * Makes a new secret. The old one goes once a call with the new one has arrived; else all is as it was.
   * @throws `hook-unreached`, `hook-signature`, or what the provider says
   */
  rotateSecret: method(OfApp, Webhook),
  /** Removes it at the provider and on the server; the app is polled from then on. */
  remove: method(OfApp, Webhook),
  /** An address of the person's own that reaches the server (behind a proxy, a tunnel); null for the receiver's own. */
  setUrl: method(object({ appId: Id, url: nullable(line(2048)) }), Webhook),
  /** Puts the secret on the clipboard for a hook that is made by hand; it is not shown. Resolves to main's words about it. */
  copySecret: method(OfApp, string()),
}
