import { nullable, object, string } from 'valibot'
import { Webhook } from './entities/webhook'
import { method } from './method'
import { Id, line } from './text'

const OfApp = object({ appId: Id })

export const webhooks = {
  /** As last seen; `check` looks again. */
  get: method(OfApp, Webhook),
  check: method(OfApp, Webhook),
  /** Makes it, or mends what drifted. */
  repair: method(OfApp, Webhook),
  test: method(OfApp, Webhook),
  rotateSecret: method(OfApp, Webhook),
  remove: method(OfApp, Webhook),
  /** An address of the person's own that reaches the server (behind a proxy, a tunnel); null for the receiver's own. */
  setUrl: method(object({ appId: Id, url: nullable(line(2048)) }), Webhook),
  /** Puts the secret on the clipboard for a hook that is made by hand; it is not shown. */
  copySecret: method(OfApp, object({ copied: string() })),
}
