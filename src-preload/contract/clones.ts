import { array, boolean, literal, nullable, object, optional, picklist, string, variant } from 'valibot'
import { Clone, cloneModes } from './entities/clone'
import { method, nothing } from './method'
import { Id, line, text, Whole } from './text'

const ById = object({ id: Id })

/** What to clone: a listed repository by HTTPS or SSH, or an SSH address with a key or agent. */
export const CloneSource = variant('kind', [
  object({
    kind: literal('repository'),
    accountId: Id,
    id: Id,
    transport: optional(picklist(['https', 'ssh']), 'https'),
    /** Key for `ssh`; null: the deploy key that the app added, else the key that fits best. */
    keyId: optional(nullable(Id)),
  }),
  object({ kind: literal('ssh-address'), accountId: Id, address: line(2048) }),
])

export const clones = {
  /** Starts a test clone; progress and outcome come as announcements. */
  start: method(
    object({
      source: CloneSource,
      mode: picklist(cloneModes),
      branch: optional(nullable(text(255)), null),
      /** For `full`: a folder chosen by `chooseFolder`. */
      folder: optional(nullable(text(4096)), null),
    }),
    Clone,
  ),
  /** Branches as the remote itself lists them, the default one first. @throws what a quick check would meet */
  branches: method(object({ source: CloneSource }), array(object({ name: string(), default: boolean() }))),
  /** Clones of this run of the app, newest first. */
  list: method(nothing, array(Clone)),
  cancel: method(ById, nothing),
  /** Asks for an empty folder through the system's dialog. */
  chooseFolder: method(nothing, nullable(Whole)),
  /** Shows the folder of a full clone in the file manager. */
  reveal: method(ById, nothing),
}
