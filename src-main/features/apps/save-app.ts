import { randomUUID } from 'node:crypto'
import type { AppForm } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'
import { requireBranchName } from '../../git/branch-name'
import type { AccountAccess } from '../accounts/account-access'
import type { ServerAccess } from '../servers/create-servers'
import type { AppBook } from './app-book'
import type { AppKeys } from './app-keys'
import {
  allowFields,
  requireFolder,
  requireRootFolder,
  requireVariableNames,
  settingsFields,
  type Values,
  valuesOf,
} from './app-settings'
import { type ResolvedSource, resolveSource } from './app-source'
import type { AppModule, AppRecord } from './apps-document'
import { explainCall } from './explain-server'
import type { RemovalPlan, Removals } from './removals'
import { requireFree } from './require-free'
import { readSubmodules } from './submodules'

export interface SaveParts {
  readonly book: AppBook
  readonly access: Pick<AccountAccess, 'open' | 'record'>
  readonly servers: Pick<ServerAccess, 'run' | 'get' | 'place'>
  readonly keys: AppKeys
  readonly removals: Pick<Removals, 'take'>
  /** Number of the app's hook on its server, or null. */
  readonly hookOf: (appId: string) => string | null
  readonly clock: Pick<Clock, 'now'>
}

/** Sends an app's settings to its server. @throws Failure `folder-refused`, `host-key-unknown`, or why it can't be reached */
export const configureApp = async (
  parts: Pick<SaveParts, 'servers' | 'keys'>,
  app: AppRecord,
  resolved: Pick<ResolvedSource, 'address'>,
  values: Values,
): Promise<void> => {
  const hosts = await parts.keys.hostLines(resolved.address)
  const fields = settingsFields(app, hosts, values)
  await parts.servers.run(app.serverId, (pilot) => pilot.call('configure', fields))
}

/** What an app had at a place that it leaves: its key and its hook there, and the deploy key of that key. */
export const plansForPlace = (
  app: AppRecord,
  place: ReturnType<ServerAccess['place']> | null,
  options: { readonly hook: string | null; readonly clean: boolean },
): readonly RemovalPlan[] => {
  const { host, port, user, keyId } = place ?? { host: '', port: 0, user: '', keyId: '' }
  const placed = [app.placed, ...app.modules.map((module) => module.placed)].flatMap((key) => key ?? [])
  const onServer: readonly RemovalPlan[] =
    place === null
      ? []
      : [app.key, ...app.modules.map(({ key }) => key)].map((key, index) => ({
          shows: [
            { what: 'server-key', name: `~/.cloudaipilot/keys/${key}` } as const,
            ...(index === 0 && options.clean ? [{ what: 'releases', name: app.folder } as const] : []),
          ],
          action: {
            kind: 'server-app',
            place: { host, port, user, keyId },
            folder: app.folder,
            key,
            hook: index === 0 ? options.hook : null,
            clean: index === 0 && options.clean,
          },
        }))
  return [
    ...onServer,
    ...(place !== null && !options.clean
      ? [{ shows: [{ what: 'releases', name: app.folder } as const], action: { kind: 'nothing' } as const }]
      : []),
    ...placed.map(
      ({ accountId, repository, id }): RemovalPlan => ({
        shows: [{ what: 'deploy-key', name: repository.path }],
        action: { kind: 'deploy-key', accountId, repository, id },
      }),
    ),
  ]
}

/** Creates or changes an app, step by step, each of which can be done again: the record comes last. */
export const saveApp = async (parts: SaveParts, form: AppForm): Promise<AppRecord> => {
  const { book, servers, keys } = parts
  const before = form.id === null ? null : book.get(form.id)
  const branch = requireBranchName(form.branch)
  const folder = requireFolder(form.folder)
  const rootFolder = requireRootFolder(form.rootFolder)
  requireVariableNames(form.variables.map(({ name }) => name))
  servers.get(form.serverId)
  requireFree(book.all(), form, folder)

  const resolved = await resolveSource(parts.access, form)
  const hosts = await keys.hostLines(resolved.address)
  const made = await keys.make(form.serverId, folder, resolved, hosts)
  const modules = form.submodules ? await findModules(parts, form, folder, resolved, hosts, made.key) : []

  const id = before?.id ?? randomUUID()
  const kept = before === null ? {} : await book.values(id)
  const values = valuesOf(form, kept)
  const record: AppRecord = {
    id,
    name: form.name,
    source: resolved.source,
    branch,
    rootFolder,
    watchPaths: form.watchPaths,
    serverId: form.serverId,
    folder,
    command: form.command.trim(),
    variables: form.variables.map(({ name }) => name),
    autoDeploy: form.autoDeploy,
    startsBy: form.startsBy,
    submodules: form.submodules,
    modules: [...modules],
    lfs: form.lfs,
    allowedChecks: [...new Set(form.allowedChecks)],
    key: made.key,
    serverKey: made.serverKey,
    placed: made.placed,
    trigger: before?.trigger ?? { live: 'none', why: null },
    createdAt: before?.createdAt ?? parts.clock.now(),
    seen: before?.serverId === form.serverId && before.folder === folder ? before.seen : null,
    reported: before?.reported ?? null,
  }
  await configureApp(parts, record, resolved, values)
  // The secrets first: a record without them would be a promise that can't be kept.
  await book.setValues(id, values)
  await book.put(record)
  await keys.taken(made.key)
  const left = before !== null && (before.key !== record.key || before.serverId !== record.serverId)
  if (left) await leavePlace(parts, before)
  return record
}

const findModules = async (
  parts: SaveParts,
  form: AppForm,
  folder: string,
  resolved: ResolvedSource,
  hosts: string,
  key: string,
): Promise<readonly AppModule[]> => {
  const attempt = { sshUrl: resolved.source.sshUrl, branch: form.branch, server: parts.servers.get(form.serverId).name }
  const trial = await parts.servers
    .run(form.serverId, (pilot) =>
      pilot.call(
        'trial',
        [['key', key], ['url', resolved.source.sshUrl], ['branch', form.branch], ...allowFields(form)],
        { timeout: 150_000 },
      ),
    )
    .catch((error: unknown) => {
      throw explainCall(error, attempt)
    })
  const modules = readSubmodules(trial.get('modules'), trial.all('link'), resolved.address)
  return parts.keys.modules(form.serverId, folder, resolved, hosts, modules)
}

/** An app that moved leaves its old folder as it runs, but not the key by which that folder could be fed. */
const leavePlace = async (parts: SaveParts, before: AppRecord): Promise<void> => {
  const place = (() => {
    try {
      return parts.servers.place(before.serverId)
    } catch (error) {
      if (error instanceof Failure && error.code === 'not-found') return null
      throw error
    }
  })()
  const plans = plansForPlace(before, place, { hook: parts.hookOf(before.id), clean: false })
  await parts.removals.take({ id: `${before.id}-${randomUUID()}`, kind: 'app', name: before.name }, plans)
}
