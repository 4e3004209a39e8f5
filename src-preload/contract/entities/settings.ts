import { boolean, type InferOutput, nullable, object, optional, picklist, string } from 'valibot'
import { languages } from '../language'
import { Whole } from '../text'

/** Everything that a person can set and that is no secret. */
export const Settings = object({
  appearance: optional(picklist(['system', 'light', 'dark']), 'system'),
  /** Keep running in the tray when the window is closed. */
  closeToTray: optional(boolean(), true),
  startAtLogin: optional(boolean(), false),
  /** git in the terminal asks this app for logins: our credential helper is in the person's git configuration. */
  useInTerminal: optional(boolean(), false),
  /** Look for newer releases once a day, where this install knows where they are. */
  lookForUpdates: optional(boolean(), false),
  proxy: optional(
    object({
      mode: optional(picklist(['system', 'none', 'manual']), 'system'),
      /** `http://`, `https://`, `socks5://` address without credentials. */
      url: optional(Whole, ''),
    }),
    {},
  ),
  /** Path of the git program; null finds it on the PATH. */
  gitPath: optional(nullable(Whole), null),
  /** Of the window, the menus and the notifications. */
  language: optional(picklist(['system', ...languages]), 'system'),
})
export type Settings = InferOutput<typeof Settings>

/** A proxy, by `host:port`, that has demanded a login or has one. The password goes in and never comes out. */
export const ProxyLoginEntry = object({ proxy: string(), username: nullable(string()) })
export type ProxyLoginEntry = InferOutput<typeof ProxyLoginEntry>

/** An OAuth app that the person registered. The secret goes in and never comes out. */
export const OAuthApp = object({
  provider: string(),
  host: string(),
  clientId: string(),
  hasSecret: boolean(),
  /** Where it comes from; only those from `settings` can be changed here. */
  from: picklist(['settings', 'environment', 'bundled']),
  /** Whether it was registered with the callbacks of its own host, or with those that all hosts once shared. */
  callbacks: picklist(['own', 'earlier']),
})
export type OAuthApp = InferOutput<typeof OAuthApp>
