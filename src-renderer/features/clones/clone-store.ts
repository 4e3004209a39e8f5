import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api } from '../../../src-preload/contract'
import type { Clone, CloneMode } from '../../../src-preload/contract/entities/clone'
import { Failure } from '../../../src-preload/contract/outcome'

/** What the sheet was opened for. */
export type CloneTarget =
  | {
      readonly kind: 'repository'
      readonly accountId: string
      readonly id: string
      readonly path: string
      readonly branch: string | null
      readonly ssh: boolean
    }
  | {
      readonly kind: 'ssh-address'
      readonly accountId: string
      readonly address: string
      readonly branch: string | null
    }

/** The test-clone sheet: closed, choosing, or following one clone. */
export interface CloneSheet {
  readonly target: CloneTarget | null
  readonly mode: CloneMode
  readonly transport: 'https' | 'ssh'
  readonly branch: string | null
  /** SSH key that the person chose for a listed repository; null leaves it to main. */
  readonly keyId: string | null
  readonly clone: Clone | null
  /** Why it could not even start. */
  readonly failure: Failure | null
  readonly starting: boolean
  open(target: CloneTarget): void
  close(): void
  choose(choice: Partial<Pick<CloneSheet, 'mode' | 'transport' | 'branch' | 'keyId'>>): void
  start(): Promise<void>
  cancel(): Promise<void>
  /** Back to the choice, e.g. to try another mode. */
  again(): void
  /** Takes an announcement; those of other clones are not for this sheet. */
  follow(clone: Clone): void
}

export type CloneSheetStore = StoreApi<CloneSheet>

const idle = { clone: null, failure: null, starting: false } as const

export const createCloneSheet = (clones: Pick<Api['clones'], 'start' | 'cancel' | 'chooseFolder'>): CloneSheetStore =>
  createStore((set, get) => {
    /** Announcements can overtake the answer that names the clone. */
    let early = new Map<string, Clone>()

    return {
      target: null,
      mode: 'shallow',
      transport: 'https',
      branch: null,
      keyId: null,
      ...idle,
      open: (target) =>
        set({ target, mode: 'shallow', transport: 'https', branch: target.branch, keyId: null, ...idle }),
      close: () => {
        const { clone } = get()
        // Nobody waits for a test that nobody can see; a full clone was asked for and goes on.
        if (clone?.state === 'running' && clone.mode !== 'full') void clones.cancel({ id: clone.id })
        set({ target: null, ...idle })
      },
      choose: (choice) => set(choice),
      start: async () => {
        const { target, mode, transport, branch, keyId, starting } = get()
        if (target === null || starting) return
        set({ ...idle, starting: true })
        early = new Map()
        try {
          const folder = mode === 'full' ? await clones.chooseFolder() : null
          if (mode === 'full' && folder === null) return set({ starting: false })
          const source =
            target.kind === 'repository'
              ? ({ kind: 'repository', accountId: target.accountId, id: target.id, transport, keyId } as const)
              : ({ kind: 'ssh-address', accountId: target.accountId, address: target.address } as const)
          const clone = await clones.start({ source, mode, branch, folder })
          if (get().target !== target) return void clones.cancel({ id: clone.id })
          set({ starting: false, clone: early.get(clone.id) ?? clone })
        } catch (error) {
          if (get().target === target) {
            set({ starting: false, failure: error instanceof Failure ? error : new Failure('unexpected') })
          }
        }
      },
      cancel: async () => {
        const { clone } = get()
        if (clone?.state === 'running') await clones.cancel({ id: clone.id })
      },
      again: () => set(idle),
      follow: (clone) => {
        const current = get().clone
        if (current === null) {
          if (get().starting) early.set(clone.id, clone)
        } else if (current.id === clone.id) set({ clone })
      },
    }
  })
