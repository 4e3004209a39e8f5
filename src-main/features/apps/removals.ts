import { array, boolean, type InferOutput, literal, nullable, number, object, string, variant } from 'valibot'
import { Removal, RemovalStep } from '../../../src-preload/contract/entities/removal'
import type { Clock } from '../../clock'
import type { Vault } from '../../credentials/vault'
import type { Pilot } from '../../deploy/pilot'
import type { Log } from '../../log/log'
import type { Store } from '../../storage/store'
import type { AccountAccess } from '../accounts/account-access'
import { backoff } from '../accounts/backoff'
import { asData, asFailure, familyOf } from '../accounts/failure-families'
import { removeMade } from '../accounts/release-made'
import type { LoginPlace } from '../servers/login-place'
import type { KeyStore } from '../ssh-keys/key-store'

const Place = object({ host: string(), port: number(), user: string(), keyId: string() })
const Repository = object({ id: string(), path: string() })

/** How one thing is taken away. It holds all that is needed, because the app or server it was of is gone by then. */
const RemovalAction = variant('kind', [
  object({ kind: literal('webhook'), accountId: string(), repository: Repository, id: string() }),
  object({ kind: literal('deploy-key'), accountId: string(), repository: Repository, id: string() }),
  object({
    kind: literal('server-app'),
    place: Place,
    folder: string(),
    key: string(),
    hook: nullable(string()),
    clean: boolean(),
  }),
  object({ kind: literal('server'), place: Place, publicKey: nullable(string()) }),
  object({ kind: literal('login-key'), id: string() }),
  object({ kind: literal('secrets'), names: array(string()) }),
  /** Nothing is done: the step only says that it was left. */
  object({ kind: literal('nothing') }),
])
export type RemovalAction = InferOutput<typeof RemovalAction>

/** One action and what it takes away. */
export interface RemovalPlan {
  readonly shows: readonly Pick<RemovalStep, 'what' | 'name'>[]
  readonly action: RemovalAction
  /** It is done only when everything before it is. */
  readonly last?: boolean
}

const Pending = object({
  shows: array(object({ what: RemovalStep.entries.what, name: string() })),
  action: RemovalAction,
  last: boolean(),
})
const StoredRemoval = object({ removal: Removal, pending: array(Pending), attempts: number(), nextTryAt: number() })

export const RemovalsDocument = object({ removals: array(StoredRemoval) })
export type RemovalsDocument = InferOutput<typeof RemovalsDocument>
export const noRemovals: RemovalsDocument = { removals: [] }

/** Takes away what the app made elsewhere, proves it, and keeps trying where it can't be reached. */
export interface Removals {
  /** Durable from the first moment: a kill in between is made good at the next start. */
  take(subject: Pick<Removal, 'id' | 'kind' | 'name'>, plans: readonly RemovalPlan[]): Promise<Removal>
  /** One action by itself, for what goes while its app stays. Never rejects. */
  one(plan: RemovalPlan): Promise<readonly RemovalStep[]>
  /** Those that still have queued or by-hand steps. */
  list(): readonly Removal[]
  dismiss(id: string): Promise<void>
  /** Tries what is due; everything when `all`. */
  resume(all: boolean): Promise<void>
  stop(): void
}

export interface RemovalParts {
  readonly store: Store<RemovalsDocument>
  readonly access: Pick<AccountAccess, 'open'>
  readonly runAt: <T>(place: LoginPlace, act: (pilot: Pilot) => Promise<T>) => Promise<T>
  readonly keys: Pick<KeyStore, 'remove'>
  readonly vault: Pick<Vault, 'delete'>
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
}

type Outcome = Pick<RemovalStep, 'outcome' | 'url' | 'failure'>
const plain = (outcome: RemovalStep['outcome']): Outcome => ({ outcome, url: null, failure: null })

export const createRemovals = (parts: RemovalParts): Removals => {
  const { store, clock, log } = parts
  let alarm: (() => void) | null = null

  const act = async (action: RemovalAction): Promise<Outcome> => {
    switch (action.kind) {
      case 'webhook':
      case 'deploy-key': {
        const { kind, accountId, repository, id } = action
        return plain(await removeMade(parts.access.open(accountId).client, { what: kind, repository, id }))
      }
      case 'server-app': {
        const { place, folder, key, hook, clean } = action
        await parts.runAt(place, (pilot) =>
          pilot.call('remove-app', [
            ['folder', folder],
            ['key', key],
            ['hook', hook ?? ''],
            ['clean', clean ? '1' : ''],
          ]),
        )
        return plain('removed')
      }
      case 'server': {
        const { place, publicKey } = action
        await parts.runAt(place, (pilot) => pilot.call('remove-all', [['public', publicKey ?? '']]))
        return plain('removed')
      }
      case 'login-key':
        await parts.keys.remove(action.id)
        return plain('removed')
      case 'secrets':
        for (const name of action.names) await parts.vault.delete(name)
        return plain('removed')
      case 'nothing':
        return plain('kept')
    }
  }

  /** What could not be reached is tried again; what no program can do is for a person. */
  const outcomeOf = (error: unknown, { kind }: RemovalAction): Outcome => {
    const failure = asFailure(error)
    const told = { url: null, failure: asData(failure) }
    if (kind === 'login-key' && failure.code === 'conflict') return plain('kept')
    if (kind === 'login-key' && failure.code === 'not-found') return plain('already-gone')
    if ((kind === 'webhook' || kind === 'deploy-key') && failure.code === 'not-found') {
      // The repository or the account is gone, or hidden from it now; either way it can't be asked again.
      return { outcome: 'by-hand', ...told }
    }
    const refused = ['publickey-denied', 'host-key-changed', 'access-denied', 'sso-required', 'access-restricted']
    const byHand = refused.includes(failure.code) || familyOf(failure) === 'ends' || familyOf(failure) === 'asks'
    return { outcome: byHand ? 'by-hand' : 'queued', ...told }
  }

  const one = async ({ shows, action }: Pick<RemovalPlan, 'shows' | 'action'>): Promise<readonly RemovalStep[]> => {
    const outcome = await act(action).catch((error: unknown) => outcomeOf(error, action))
    return shows.map((show) => ({ ...show, ...outcome }))
  }

  const save = (stored: InferOutput<typeof StoredRemoval>) =>
    store.update(({ removals }) => ({
      removals: [...removals.filter(({ removal }) => removal.id !== stored.removal.id), stored],
    }))
  const settled = ({ steps }: Removal) => steps.every(({ outcome }) => outcome !== 'queued' && outcome !== 'by-hand')

  const attempt = async (stored: InferOutput<typeof StoredRemoval>): Promise<Removal> => {
    const steps: RemovalStep[] = stored.removal.steps.filter(({ outcome }) => outcome !== 'queued')
    const left: typeof stored.pending = []
    for (const plan of stored.pending) {
      if (plan.last && left.length > 0) {
        left.push(plan)
        steps.push(...plan.shows.map((show) => ({ ...show, ...plain('queued') })))
        continue
      }
      const made = await one(plan)
      steps.push(...made)
      if (made.some(({ outcome }) => outcome === 'queued')) left.push(plan)
    }
    const removal = { ...stored.removal, steps }
    const next = {
      removal,
      pending: left,
      attempts: stored.attempts + 1,
      nextTryAt: clock.now() + backoff(stored.attempts),
    }
    if (settled(removal)) await dismiss(removal.id)
    else await save(next)
    set()
    return removal
  }

  const dismiss = async (id: string) => {
    await store.update(({ removals }) => ({ removals: removals.filter(({ removal }) => removal.id !== id) }))
  }
  const running = new Set<string>()
  const resume = async (all: boolean): Promise<void> => {
    const due = store
      .read()
      .removals.filter(({ pending, nextTryAt }) => pending.length > 0 && (all || nextTryAt <= clock.now()))
      .filter(({ removal }) => !running.has(removal.id))
    for (const stored of due) {
      running.add(stored.removal.id)
      await attempt(stored)
        .catch((error: unknown) => log.warn('A removal could not be written down', { error }))
        .finally(() => running.delete(stored.removal.id))
    }
    set()
  }
  const set = () => {
    alarm?.()
    const times = store.read().removals.flatMap(({ pending, nextTryAt }) => (pending.length > 0 ? [nextTryAt] : []))
    if (times.length === 0) return
    alarm = clock.after(Math.max(1000, Math.min(...times) - clock.now()), () => void resume(false))
  }

  return {
    one,
    list: () => store.read().removals.map(({ removal }) => removal),
    dismiss,
    resume,
    take: async (subject, plans) => {
      const pending = plans.map(({ shows, action, last = false }) => ({ shows: [...shows], action, last }))
      const removal: Removal = { ...subject, at: clock.now(), steps: [] }
      const stored = { removal, pending, attempts: 0, nextTryAt: clock.now() }
      await save(stored)
      running.add(removal.id)
      return attempt(stored).finally(() => running.delete(removal.id))
    },
    stop: () => alarm?.(),
  }
}
