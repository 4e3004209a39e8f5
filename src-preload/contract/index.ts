import { accounts } from './accounts'
import { apps } from './apps'
import { certificates } from './certificates'
import { clones } from './clones'
import { diagnosis } from './diagnosis'
import { type Events, events } from './events'
import { hostKeys } from './host-keys'
import { imports } from './imports'
import type { Api as ApiOf, Bridge as BridgeOf, Contract } from './method'
import { repositories } from './repositories'
import { servers } from './servers'
import { settings } from './settings'
import { signIns } from './sign-ins'
import { sshKeys } from './ssh-keys'
import { system } from './system'
import { vault } from './vault'
import { webhooks } from './webhooks'

/** The whole border: every request the window can make. Preload, window client and main's handlers derive from it. */
export const contract = {
  accounts,
  signIns,
  repositories,
  clones,
  diagnosis,
  servers,
  apps,
  webhooks,
  sshKeys,
  hostKeys,
  imports,
  certificates,
  vault,
  settings,
  system,
} satisfies Contract

export type { Events }
/** Every announcement, by name. */
export { events }

/** Listens to one announcement; returns the function that stops listening. */
export type On = <E extends keyof Events>(event: E, listener: (payload: Events[E]) => void) => () => void

/** What preload puts on `window.bridge`. */
export type Bridge = BridgeOf<typeof contract> & { readonly on: On }
/** What the window's code calls. */
export type Api = ApiOf<typeof contract> & { readonly on: On }
