import { parse } from 'valibot'
import type { RepositorySlice } from '../../../src-preload/contract/entities/repository'
import { FirstRows } from '../../../src-preload/contract/first-rows'
import type { IndexFolder } from '../../storage/repository-index/index-folder'
import type { Query } from './repository-index'

/** Keeps what the list shows for the first page of the next start. @see FirstRows */
export interface FirstView {
  /** Notes an answer. Only the top of an unsearched list is worth keeping. */
  note(question: Query, accounts: readonly string[], slice: RepositorySlice): void
  /** An account has gone, and its rows with it. */
  forget(): Promise<void>
  /**
   * Writes what was noted last, if it was an answer about all of these accounts, each with its host. A failure costs the
   * next start its first look.
   */
  write(accounts: readonly string[]): Promise<void>
}

/** @see FirstView */
export const createFirstView = (folder: Pick<IndexFolder, 'writeView' | 'removeView'>): FirstView => {
  let noted: { readonly accounts: string; readonly rows: () => FirstRows } | null = null
  const forget = async () => {
    noted = null
    await folder.removeView().catch(() => undefined)
  }
  return {
    forget,
    note: ({ text, filters, sort, offset }, accounts, slice) => {
      if (text !== '' || offset !== 0) return
      noted = {
        accounts: accounts.join(),
        // Nothing runs after this start, so nothing is still being listed at the next one.
        rows: () => ({
          question: { text, filters, sort },
          slice: {
            ...slice,
            listings: slice.listings.map((listing) =>
              listing.state === 'loading' ? { ...listing, state: 'idle', total: null } : listing,
            ),
          },
        }),
      }
    },
    write: async (accounts) => {
      if (noted === null) return
      if (noted.accounts !== accounts.join()) await forget()
      else await folder.writeView(parse(FirstRows, noted.rows())).catch(() => undefined)
    },
  }
}
