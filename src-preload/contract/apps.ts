import { array, boolean, integer, maxLength, minValue, nullable, number, object, optional, pipe } from 'valibot'
import { App, AppForm, Deploy, DeployLogChunk, Move, Preflight, Release, RuleTrial } from './entities/app'
import { Removal } from './entities/removal'
import { method, nothing } from './method'
import { Id, line } from './text'

const ById = object({ id: Id })
const OfDeploy = object({ appId: Id, deployId: Id })
const Port = pipe(number(), integer(), minValue(1))

export const apps = {
  /** As last seen; `refresh` asks the servers. */
  list: method(nothing, array(App)),
  refresh: method(nothing, array(App)),
  /**
   * Looks ahead: access, submodules, LFS, size, the command's program, and a test clone from here and from the server.
   * Each item is announced by `apps.preflight`; resolves with the whole. A newer call ends an older one (`cancelled`).
   */
  preflight: method(AppForm, Preflight),
  /** Answers `Preflight.hostKey`: the git host's key is trusted from now on, here and on the server. */
  confirmHostKey: method(object({ host: line(255), port: Port, fingerprint: line(100) }), nothing),
  /**
   * Creates or changes an app. A webhook is made when it deploys by itself; where that is refused the app is saved all
   * the same, and its webhook says why.
   */
  save: method(AppForm, App),
  /** Removes the app with its keys and webhook; `clean` removes its folder on the server too. */
  remove: method(object({ id: Id, clean: optional(boolean(), false) }), Removal),
  /** Removals of apps and servers that still have queued or by-hand steps. */
  removals: method(nothing, array(Removal)),
  dismissRemoval: method(ById, nothing),
  /** Starts a deploy, or queues it behind the running one, merged with one that waits already. */
  deploy: method(object({ id: Id, commit: optional(nullable(line(64)), null) }), Deploy),
  /** Ends a deploy with everything that it started; resolves when it has ended. */
  cancel: method(OfDeploy, Deploy),
  rollback: method(object({ id: Id, release: line(100) }), Deploy),
  releases: method(ById, array(Release)),
  /** Newest first, at most 50, from the server's own log; `before` is the id of the last row seen. */
  history: method(object({ id: Id, before: optional(nullable(Id), null) }), array(Deploy)),
  /** The log from line `from` on, at most 2,000 lines; what follows is announced by `deploys.log`. */
  log: method(
    object({ ...OfDeploy.entries, from: optional(pipe(number(), integer(), minValue(0)), 0) }),
    DeployLogChunk,
  ),
  /** Holds the last 50 commits against the watch paths: the app's, or ones that are being edited. */
  tryRules: method(
    object({ id: Id, watchPaths: optional(nullable(pipe(array(line(500)), maxLength(200))), null) }),
    array(RuleTrial),
  ),
  /** Binds apps to another account after checking that it can see their repositories. */
  moveTo: method(object({ ids: pipe(array(Id), maxLength(1000)), accountId: Id }), array(Move)),
}
