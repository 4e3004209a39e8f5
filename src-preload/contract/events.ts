import { array, type GenericSchema, type InferOutput, nullable, object, picklist, string } from 'valibot'
import { Account } from './entities/account'
import { Clone } from './entities/clone'
import { Listing } from './entities/repository'
import { Settings } from './entities/settings'
import { SignIn } from './entities/sign-in'
import { SshKey, SshTest } from './entities/ssh-key'
import { VaultStatus } from './entities/vault'
import { Notice } from './system'

/** Everything that main announces without being asked, parsed on its way out like a method's output. */
export const events = {
  'accounts.changed': array(Account),
  'sign-ins.changed': nullable(SignIn),
  /** The index changed; ask again for the slice in view. */
  'repositories.changed': object({ listings: array(Listing) }),
  'clones.changed': Clone,
  'ssh-keys.changed': array(SshKey),
  'ssh-tests.changed': SshTest,
  'vault.changed': VaultStatus,
  'settings.changed': Settings,
  'system.notice': Notice,
  /** A menu, tray or deep link asks the window to go somewhere, e.g. `/accounts/connect`. */
  'system.navigate': object({ to: string(), from: picklist(['menu', 'tray', 'deep-link']) }),
} satisfies Record<string, GenericSchema>

export type Events = { readonly [E in keyof typeof events]: InferOutput<(typeof events)[E]> }
export type EventName = keyof Events
