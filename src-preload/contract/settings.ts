import { array, object, optional, partial } from 'valibot'
import { OAuthApp, Settings } from './entities/settings'
import { method, nothing } from './method'
import { Id, line, text } from './text'

export const settings = {
  get: method(nothing, Settings),
  change: method(partial(Settings), Settings),
  oauthApps: method(nothing, array(OAuthApp)),
  saveOAuthApp: method(
    object({ provider: Id, host: line(2048), clientId: line(200), clientSecret: optional(text(4096), '') }),
    OAuthApp,
  ),
  removeOAuthApp: method(object({ provider: Id, host: line(2048) }), nothing),
}
