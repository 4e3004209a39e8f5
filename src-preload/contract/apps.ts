import { array, boolean, integer, minValue, nullable, number, object, optional, pipe } from 'valibot'
import { App, AppForm, Deploy, DeployLogChunk, Preflight, Release, RuleTrial } from './entities/app'
import { method, nothing } from './method'
import { Id, line } from './text'

const ById = object({ id: Id })

export const apps = {
  list: method(nothing, array(App)),
  /** Looks ahead: access, submodules, LFS, size, the command's program, and a test clone from here and from the server. */
  preflight: method(AppForm, Preflight),
  /** Creates or changes an app. A webhook is made when it deploys by itself. */
  save: method(AppForm, App),
  /** Removes the app with its keys and webhook; `clean` removes its folder on the server too. */
  remove: method(object({ id: Id, clean: optional(boolean(), false) }), nothing),
  /** Starts a deploy, or queues it behind the running one. */
  deploy: method(object({ id: Id, commit: optional(nullable(line(64)), null) }), Deploy),
  cancel: method(object({ deployId: Id }), nothing),
  rollback: method(object({ id: Id, release: line(100) }), Deploy),
  releases: method(ById, array(Release)),
  /** Newest first, from the server's own log and what the desktop did. */
  history: method(object({ id: Id, before: optional(nullable(number()), null) }), array(Deploy)),
  log: method(object({ deployId: Id, from: optional(pipe(number(), integer(), minValue(0)), 0) }), DeployLogChunk),
  /** Holds the last 50 commits against branch and watch paths. */
  tryRules: method(object({ id: Id }), array(RuleTrial)),
  /** Binds apps to another account after checking that it can see their repositories. */
  moveTo: method(object({ ids: array(Id), accountId: Id }), array(App)),
  refresh: method(nothing, array(App)),
}
