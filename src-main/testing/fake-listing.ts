import type { Failure } from '../../src-preload/contract/outcome'
import type { ProviderClient, RemoteRepository } from '../providers/provider'

/** A list of repositories as a provider serves it: numbered pages, validators, trouble on demand. */
export interface FakeListing {
  rows: readonly RemoteRepository[]
  readonly pageSize: number
  /** Whether pages have validators. */
  etags: boolean
  /** Fails before the page of this number, counted from 0. */
  breaks: { readonly before: number; readonly failure: unknown } | null
  partial: Failure | null
  /** Awaited before each page. */
  pause: (page: number) => Promise<unknown>
  /** Pages answered whole, and answered with "unchanged". */
  readonly answered: { whole: number; unchanged: number }
  readonly repositories: ProviderClient['repositories']
}

export const fakeListing = (rows: readonly RemoteRepository[], pageSize = 100): FakeListing => {
  const listing: FakeListing = {
    rows,
    pageSize,
    etags: true,
    breaks: null,
    partial: null,
    pause: async () => undefined,
    answered: { whole: 0, unchanged: 0 },
    repositories: async function* ({ known, signal, onPartial }) {
      const validators = new Map(known.map(({ url, etag }) => [url, etag]))
      const total = listing.rows.length
      for (let page = 0; page === 0 || page * pageSize < total; page++) {
        await listing.pause(page)
        if (signal?.aborted) return
        if (listing.breaks?.before === page) throw listing.breaks.failure
        const url = `https://forge.example/api/repositories?page=${page + 1}`
        // As fresh as from the network: no text is shared with an earlier answer.
        const content = JSON.stringify(listing.rows.slice(page * pageSize, (page + 1) * pageSize))
        const etag = `"${hashOf(content)}"`
        if (listing.etags && validators.get(url) === etag) {
          listing.answered.unchanged += 1
          yield { url, etag, total, unchanged: true }
        } else {
          listing.answered.whole += 1
          yield {
            url,
            etag: listing.etags ? etag : null,
            total,
            rows: JSON.parse(content) as readonly RemoteRepository[],
          }
        }
      }
      if (listing.partial !== null) onPartial(listing.partial)
    },
  }
  return listing
}

const hashOf = (text: string): string => {
  let hash = 5381
  for (let at = 0; at < text.length; at++) hash = ((hash * 33) ^ text.charCodeAt(at)) >>> 0
  return `${hash}-${text.length}`
}
