import { array, object, safeParse, string } from 'valibot'
import { RepositorySlice } from '../../../src-preload/contract/entities/repository'
import type { IndexFolder } from '../../storage/repository-index/index-folder'
import type { Query } from './repository-index'

const View = object({ question: string(), accounts: array(string()), slice: RepositorySlice })

/**
 * What the list showed last. A start shows it before the index has been read, which at 100,000 rows takes longer than
 * anybody should wait for a first look.
 */
export interface FirstView {
  /** The kept answer, if it is one to this question and all of these accounts, each with its host; else null. */
  answer(question: Query, accounts: readonly string[]): Promise<RepositorySlice | null>
  /** Notes an answer. Only the top of an unsearched list is worth keeping. */
  note(question: Query, accounts: readonly string[], slice: RepositorySlice): void
  /** An account has gone, and its rows with it. */
  forget(): Promise<void>
  /** Writes what was noted last; a failure costs the next start its first look. */
  write(): Promise<void>
}

/** @see FirstView */
export const createFirstView = (folder: Pick<IndexFolder, 'readView' | 'writeView' | 'removeView'>): FirstView => {
  let noted:
    | (() => { readonly question: string; readonly accounts: readonly string[]; readonly slice: RepositorySlice })
    | null = null
  const forget = () => folder.removeView().catch(() => undefined)
  return {
    forget: async () => {
      noted = null
      await forget()
    },
    answer: async (question, accounts) => {
      const parsed = safeParse(View, await folder.readView())
      if (!parsed.success) return null
      const { output } = parsed
      if (output.accounts.join() !== accounts.join()) {
        // Rows of an account that has gone are kept nowhere.
        await forget()
        return null
      }
      return output.question === JSON.stringify(question) ? output.slice : null
    },
    note: (question, accounts, slice) => {
      if (question.text !== '' || question.offset !== 0) return
      // Nothing runs after this start, so nothing is still being listed at the next one.
      noted = () => ({
        question: JSON.stringify(question),
        accounts: [...accounts],
        slice: {
          ...slice,
          listings: slice.listings.map((listing) =>
            listing.state === 'loading' ? { ...listing, state: 'idle', total: null } : listing,
          ),
        },
      })
    },
    write: async () => {
      if (noted !== null) await folder.writeView(noted()).catch(() => undefined)
    },
  }
}
