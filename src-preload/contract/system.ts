import { array, boolean, type InferOutput, nullable, number, object, picklist, string } from 'valibot'
import { method, nothing } from './method'
import { line, text, Whole } from './text'

/** Versions and facts about this install. */
export const SystemInfo = object({
  version: string(),
  electron: string(),
  chromium: string(),
  node: string(),
  platform: string(),
  /** The runtime no longer gets security fixes. */
  runtimeEndOfLife: boolean(),
  /** It was told where updates come from. */
  knowsUpdates: boolean(),
  git: nullable(string()),
  openssh: nullable(string()),
  organization: string(),
  /** It was started from source, which comes with a demo. */
  demo: boolean(),
})
export type SystemInfo = InferOutput<typeof SystemInfo>

/** A package that holds another runtime than the official one says so in the build metadata of its version. */
export const isForTryingOnly = (version: string): boolean => version.endsWith('+fallback')

/** Something the person has to know once, e.g. that a damaged file was set aside. */
export const Notice = object({
  id: string(),
  kind: picklist(['settings-restored', 'vault-restored', 'vault-rolled-back', 'deep-link-ignored']),
  detail: string(),
})
export type Notice = InferOutput<typeof Notice>

export const system = {
  info: method(nothing, SystemInfo),
  /** Puts public text on the clipboard. */
  copy: method(object({ text: text(100_000) }), nothing),
  /** Opens an https page of a provider or of the documentation in the browser. */
  openPage: method(object({ url: line(2048) }), nothing),
  /** Where a menu, the tray or a link wanted the window to be before it listened, or null; asking takes it. */
  wishedPlace: method(nothing, nullable(Whole)),
  /** A clone address on the clipboard and where in the window it leads, or null. To be asked when somebody looks for it. */
  clipboardOffer: method(nothing, nullable(object({ name: string(), to: Whole }))),
  /** Puts a report without secrets on the clipboard and gives it back to be shown. */
  copyDiagnostics: method(nothing, Whole),
  /** The first screen has been painted. Main has left undone until now whatever nobody waits for. */
  screenShown: method(nothing, nothing),
  /** Whether this desktop has a place for tray icons. */
  hasTray: method(nothing, boolean()),
  /** Plays the demo in a window of its own and resolves when that is closed. @throws `demo-failed` */
  playDemo: method(nothing, nothing),
  notices: method(nothing, array(Notice)),
  dismissNotice: method(object({ id: line(200) }), nothing),
  /** Whether this install owns the cloudaipilot scheme. */
  ownsDeepLinks: method(nothing, boolean()),
  /** Makes this install the owner; resolves to whether it is now. @throws `storage-failed` */
  claimDeepLinks: method(nothing, boolean()),
  /** Sends a link through the system: whether and after how many ms it came back to this install, and who owns the scheme. */
  testDeepLinks: method(nothing, object({ milliseconds: nullable(number()), owner: nullable(string()) })),
}
