import { array, type GenericSchema, type InferOutput, nullable, object, picklist } from 'valibot'
import { Account } from './entities/account'
import { App, Deploy, DeployLogChunk, Preflight } from './entities/app'
import { Clone } from './entities/clone'
import { Diagnosis } from './entities/diagnosis'
import { Listing } from './entities/repository'
import { Server } from './entities/server'
import { Settings } from './entities/settings'
import { SignIn } from './entities/sign-in'
import { SshKey, SshTest } from './entities/ssh-key'
import { VaultStatus } from './entities/vault'
import { Webhook } from './entities/webhook'
import { leaving } from './leaving'
import { Notice } from './system'
import { Whole } from './text'

const announced = {
  'accounts.changed': array(Account),
  'sign-ins.changed': nullable(SignIn),
  /** The index changed; ask again for the slice in view. */
  'repositories.changed': object({ listings: array(Listing) }),
  'clones.changed': Clone,
  'diagnosis.changed': Diagnosis,
  'ssh-keys.changed': array(SshKey),
  'ssh-tests.changed': SshTest,
  'servers.changed': array(Server),
  'apps.changed': array(App),
  /** The look ahead that runs, after each of its items. */
  'apps.preflight': Preflight,
  /** One deploy: its state, its phases. At most 20 a second. */
  'deploys.changed': Deploy,
  /** Lines that follow those the window has; at most 20 a second. */
  'deploys.log': DeployLogChunk,
  'webhooks.changed': Webhook,
  'vault.changed': VaultStatus,
  'settings.changed': Settings,
  'system.notice': Notice,
  /** A menu, tray or deep link asks the window to go somewhere, e.g. `/accounts/connect`. */
  'system.navigate': object({ to: Whole, from: picklist(['menu', 'tray', 'deep-link']) }),
} satisfies Record<string, GenericSchema>

/** Everything that main announces without being asked, parsed on its way out like a method's output. */
export const events = Object.fromEntries(
  Object.entries(announced).map(([name, schema]) => [name, leaving(schema as GenericSchema)]),
) as typeof announced

export type Events = { readonly [E in keyof typeof events]: InferOutput<(typeof events)[E]> }
export type EventName = keyof Events
