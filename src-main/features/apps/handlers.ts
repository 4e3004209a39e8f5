import type { apps } from '../../../src-preload/contract/apps'
import type { App, Preflight } from '../../../src-preload/contract/entities/app'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'
import type { AccountAccess } from '../accounts/account-access'
import type { HostLook } from '../host-keys/look-at-host'
import type { ServerAccess } from '../servers/create-servers'
import type { AppBook } from './app-book'
import type { AppKeys } from './app-keys'
import { type AppRecord, variablesName } from './apps-document'
import type { CloneHere } from './clone-here'
import type { AppHooks } from './create-apps'
import type { Deploys, Wish } from './deploys'
import { explainCall } from './explain-server'
import { moveApp } from './move-app'
import { runPreflight } from './preflight'
import type { RemovalPlan, Removals } from './removals'
import { plansForPlace, saveApp } from './save-app'
import type { OwnPhase } from './to-deploy'
import { toRelease } from './to-deploy'
import { readCommits, tryRules } from './try-rules'

export type AppHandlers = Handlers<typeof apps>

export interface AppHandlerParts {
  readonly access: Pick<AccountAccess, 'open' | 'record'>
  readonly servers: ServerAccess
  readonly hosts: Pick<HostLook, 'look' | 'confirm'>
  readonly hooks: AppHooks
  readonly removals: Removals
  readonly cloneHere: CloneHere
  readonly clock: Clock
  readonly book: AppBook
  readonly keys: AppKeys
  readonly deploys: Deploys
  readonly present: (id: string) => App
  readonly list: () => readonly App[]
  readonly sync: (serverId: string) => Promise<void>
  readonly configure: (app: AppRecord) => Promise<void>
  readonly follow: () => void
  readonly preflight: { readonly begin: () => AbortSignal; readonly show: (state: Preflight) => void }
}

export const createAppHandlers = (parts: AppHandlerParts): AppHandlers => {
  const { book, servers, deploys, hooks, removals, clock, present } = parts

  /** Does one thing after another to an app: a save in the middle of a removal would bring it back. */
  const turns = new Map<string, Promise<unknown>>()
  const inTurn = <T>(id: string, act: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(act, act)
    turns.set(id, turn)
    void turn
      .catch(() => undefined)
      .finally(() => {
        if (turns.get(id) === turn) turns.delete(id)
      })
    return turn
  }

  const start = async (id: string, wish: Wish) => {
    const app = book.get(id)
    const phases: OwnPhase[] = []
    const timed = async (phase: OwnPhase['phase'], act: () => Promise<unknown>) => {
      const startedAt = clock.now()
      await act()
      phases.push({ phase, startedAt, milliseconds: clock.now() - startedAt })
    }
    await timed('connect', () => servers.run(app.serverId, async () => undefined))
    // The settings as they are here, whoever deployed into this folder before.
    await timed('key', () => parts.configure(app))
    return deploys.start(book.get(id), wish, phases)
  }

  const releasesOf = async (app: AppRecord) => {
    const answer = await servers.run(app.serverId, (pilot) => pilot.call('status', [['folder', app.folder]]))
    const ahead = Number(answer.get('now')) - clock.now()
    return answer.all('release').flatMap((line) => toRelease(line, answer.get('current'), ahead))
  }

  const placeOf = (serverId: string) => {
    try {
      return servers.place(serverId)
    } catch (error) {
      if (error instanceof Failure && error.code === 'not-found') return null
      throw error
    }
  }

  return {
    list: async () => [...parts.list()],
    refresh: async () => {
      await Promise.all([...new Set(book.all().map(({ serverId }) => serverId))].map(parts.sync))
      return [...parts.list()]
    },
    preflight: (form) => {
      const signal = parts.preflight.begin()
      return runPreflight(form, { ...parts, now: () => clock.now() }, parts.preflight.show, signal)
    },
    confirmHostKey: async ({ host, port, fingerprint }) => {
      await parts.hosts.confirm(host, port, fingerprint, AbortSignal.timeout(20_000))
      return undefined
    },
    save: (form) =>
      inTurn(form.id ?? `${form.serverId} ${form.folder}`, async () => {
        const record = await saveApp({ ...parts, hookOf: hooks.hookOf }, form)
        parts.follow()
        await hooks.settle(record.id)
        void parts.sync(record.serverId)
        return present(record.id)
      }),
    remove: ({ id, clean }) =>
      inTurn(id, async () => {
        const app = book.get(id)
        const plans: readonly RemovalPlan[] = [
          ...(await hooks.plansFor(id)),
          ...plansForPlace(app, placeOf(app.serverId), { hook: hooks.hookOf(id), clean }),
          {
            shows: [{ what: 'local-secret', name: app.name }],
            action: { kind: 'secrets', names: [variablesName(id)] },
          },
        ]
        await book.remove(id)
        await hooks.forget(id)
        parts.follow()
        return removals.take({ id, kind: 'app', name: app.name }, plans)
      }),
    removals: async () => [...removals.list()],
    dismissRemoval: async ({ id }) => {
      if (!removals.list().some((removal) => removal.id === id)) throw new Failure('not-found', { what: 'removal' })
      await removals.dismiss(id)
      return undefined
    },
    deploy: ({ id, commit }) => {
      const app = book.get(id)
      const first = app.seen !== null && app.seen.lastDeploy === null
      return start(id, { reason: first ? 'first' : 'manual', commit, release: null })
    },
    cancel: ({ appId, deployId }) => deploys.cancel(book.get(appId), deployId),
    rollback: ({ id, release }) => start(id, { reason: 'rollback', commit: null, release }),
    releases: async ({ id }) => releasesOf(book.get(id)),
    history: async ({ id, before }) => [...(await deploys.history(book.get(id), before))],
    log: ({ appId, deployId, from }) => deploys.log(book.get(appId), deployId, from),
    tryRules: async ({ id, watchPaths }) => {
      const app = book.get(id)
      const answer = await servers
        .run(app.serverId, (pilot) => pilot.call('commits', [['folder', app.folder]], { timeout: 90_000 }))
        .catch((error: unknown) => {
          throw explainCall(error, deploys.attempt(app))
        })
      return tryRules(readCommits(answer.text), watchPaths ?? app.watchPaths)
    },
    moveTo: async ({ ids, accountId }) => {
      parts.access.record(accountId)
      const moves = []
      for (const id of ids) {
        moves.push(await inTurn(id, () => moveApp(parts, id, accountId)))
        await hooks.settle(id)
      }
      return moves
    },
  }
}
