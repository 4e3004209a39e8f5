import { randomUUID } from 'node:crypto'
import type { clones } from '../../../src-preload/contract/clones'
import type { Clone } from '../../../src-preload/contract/entities/clone'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure, type FailureData } from '../../../src-preload/contract/outcome'
import { pace } from '../pace'
import { readSource } from './clone-source'
import type { ClonePorts } from './ports'
import { type CloneOrder, runClone, withTarget } from './run-clone'

/** Clones of this run that are remembered. */
const remembered = 50
/** Folders that the person chose and that a clone may still be put in. */
const chosenKept = 20

/** Test clones: the window's methods, and what the end of the app needs. */
export interface Clones {
  readonly handlers: Handlers<typeof clones>
  /** Lets git ask for the branches, without a word to the window; resolves with their number. */
  readonly countBranches: (source: Parameters<typeof readSource>[1], signal: AbortSignal) => Promise<number>
  /** Ends all that run; resolves when nothing of them is left. */
  readonly stopAll: () => Promise<void>
}

interface Running {
  readonly stop: AbortController
  readonly ended: Promise<void>
}

/** Starts clones, follows them and tells the window. */
export const createClones = (ports: ClonePorts): Clones => {
  const { announce, clock, dialog, log } = ports
  /** Newest last. */
  let known: readonly Clone[] = []
  const running = new Map<string, Running>()
  let chosen: readonly string[] = []

  const find = (id: string): Clone => {
    const clone = known.find((other) => other.id === id)
    if (clone === undefined) throw new Failure('not-found')
    return clone
  }
  const change = (id: string, part: Partial<Clone>): Clone => {
    const next = { ...find(id), ...part }
    known = known.map((clone) => (clone.id === id ? next : clone))
    return next
  }
  const add = (clone: Clone) => {
    const over = known.length + 1 - remembered
    const oldest = known.filter(({ state }) => state !== 'running').slice(0, Math.max(0, over))
    known = [...known.filter((other) => !oldest.includes(other)), clone]
  }

  /** How it ended stands in the clone. */
  const follow = async (id: string, order: Omit<CloneOrder, 'onProgress'>): Promise<void> => {
    const { startedAt } = find(id)
    const { soon, stop } = pace(() => announce('clones.changed', find(id)))
    const onProgress: CloneOrder['onProgress'] = (progress) => {
      change(id, { progress: { id, ...progress } })
      soon()
    }
    onProgress({ phase: 'connect', percent: null, objects: null, bytes: null, bytesPerSecond: null })
    const end = await runClone(ports, { ...order, onProgress }).then(
      (proof): Partial<Clone> => ({ state: 'done', result: { ...proof, milliseconds: clock.now() - startedAt } }),
      (error: unknown): Partial<Clone> =>
        order.signal.aborted ? { state: 'cancelled' } : { state: 'failed', failure: told(error) },
    )
    stop()
    running.delete(id)
    announce('clones.changed', change(id, end))
  }
  const told = (error: unknown): FailureData => {
    if (error instanceof Failure) return { code: error.code, facts: { ...error.facts } }
    log.error('A clone ended unexpectedly', { error })
    return { code: 'unexpected', facts: { where: 'clones' } }
  }

  return {
    handlers: {
      start: async ({ source: wanted, mode, branch, folder }) => {
        // The window may name only a folder that the person has just chosen.
        const fits = mode === 'full' ? folder !== null && chosen.includes(folder) : folder === null
        if (!fits) throw new Failure('invalid-input', { field: 'folder' })
        const source = await readSource(ports, wanted)
        const id = randomUUID()
        const stop = new AbortController()
        add({
          id,
          mode,
          url: source.address.url,
          startedAt: clock.now(),
          state: 'running',
          progress: null,
          result: null,
          failure: null,
        })
        const ended = follow(id, { source, mode, branch, folder, signal: stop.signal }).catch((error: unknown) => {
          log.error('The end of a clone could not be told', { error })
        })
        running.set(id, { stop, ended })
        return find(id)
      },
      branches: async ({ source: wanted }) => {
        const branches = await withTarget(ports, await readSource(ports, wanted), (target) =>
          ports.git.listBranches(target),
        )
        return branches.map(({ name, default: first }) => ({ name, default: first }))
      },
      list: async () => [...known].reverse(),
      cancel: async ({ id }) => {
        find(id)
        const clone = running.get(id)
        clone?.stop.abort()
        await clone?.ended
        return undefined
      },
      chooseFolder: async () => {
        const folder = await dialog.chooseFolder()
        if (folder !== null) chosen = [...chosen.filter((other) => other !== folder), folder].slice(-chosenKept)
        return folder
      },
      reveal: async ({ id }) => {
        const folder = find(id).result?.folder ?? null
        if (folder === null) throw new Failure('not-found')
        await dialog.reveal(folder)
        return undefined
      },
    },
    countBranches: async (wanted, signal) => {
      const source = await readSource(ports, wanted)
      const order = { source, mode: 'quick' as const, branch: null, folder: null, signal, onProgress: () => undefined }
      return (await runClone(ports, order)).branches ?? 0
    },
    stopAll: async () => {
      for (const { stop } of running.values()) stop.abort()
      await Promise.all([...running.values()].map(({ ended }) => ended))
    },
  }
}
