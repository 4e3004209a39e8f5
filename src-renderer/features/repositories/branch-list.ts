import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api } from '../../../src-preload/contract'
import type { Branch } from '../../../src-preload/contract/entities/repository'
import { Failure, type FailureData } from '../../../src-preload/contract/outcome'

/** Branches of one repository, a page at a time, the default branch first. */
export interface BranchList {
  readonly text: string
  readonly branches: readonly Branch[]
  readonly next: string | null
  readonly loading: boolean
  readonly failure: Failure | null
  /** Why branches are missing in the list, or null. */
  readonly partial: FailureData | null
  search(text: string): Promise<void>
  more(): Promise<void>
}

export type BranchListStore = StoreApi<BranchList>

export const createBranchList = (
  repositories: Pick<Api['repositories'], 'branches'>,
  repository: { readonly accountId: string; readonly id: string },
): BranchListStore =>
  createStore((set, get) => {
    let asked = 0

    const fetchPage = async (cursor: string | null): Promise<void> => {
      const turn = ++asked
      const { text } = get()
      set({ loading: true, failure: null })
      try {
        const { accountId, id } = repository
        const page = await repositories.branches({ accountId, id, text, cursor })
        if (turn !== asked) return
        const before = cursor === null ? [] : get().branches
        const partial = page.partial ?? (cursor === null ? null : get().partial)
        set({ branches: [...before, ...page.branches], next: page.next, loading: false, partial })
      } catch (error) {
        if (turn !== asked) return
        set({ loading: false, failure: error instanceof Failure ? error : new Failure('unexpected') })
      }
    }

    return {
      text: '',
      branches: [],
      next: null,
      loading: true,
      failure: null,
      partial: null,
      search: async (text) => {
        set({ text })
        await fetchPage(null)
      },
      more: async () => {
        const { next, loading } = get()
        if (next !== null && !loading) await fetchPage(next)
      },
    }
  })
