import { array, nullable, object, optional, partial } from 'valibot'
import { OAuthApp, ProxyLoginEntry, Settings } from './entities/settings'
import { method, nothing } from './method'
import { Id, line, SecretInput, text } from './text'

/** Lengths are the window's to keep to, not the file's: what was saved once is read as it is. */
const Change = object({
  ...partial(Settings).entries,
  proxy: optional(object({ ...Settings.entries.proxy.wrapped.entries, url: optional(text(2048), '') })),
  gitPath: optional(nullable(text(4096))),
})

export const settings = {
  get: method(nothing, Settings),
  change: method(Change, Settings),
  proxyLogins: method(nothing, array(ProxyLoginEntry)),
  /** Keeps a login for a proxy that the app has met; it is sent to that proxy alone. */
  saveProxyLogin: method(
    object({ proxy: line(300), username: line(200), password: SecretInput }),
    array(ProxyLoginEntry),
  ),
  removeProxyLogin: method(object({ proxy: line(300) }), array(ProxyLoginEntry)),
  oauthApps: method(nothing, array(OAuthApp)),
  saveOAuthApp: method(
    object({ provider: Id, host: line(2048), clientId: line(200), clientSecret: optional(text(4096), '') }),
    OAuthApp,
  ),
  removeOAuthApp: method(object({ provider: Id, host: line(2048) }), nothing),
}
