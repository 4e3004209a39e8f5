import { createBreather } from './breathe'
import type { RankedAccount } from './repository-index'
import type { Row } from './row'

/** Rows judged before other work gets its turn. */
const batch = 1000

/**
 * Marks rows whose repository an account of higher rank on the same host shows already, so that the list of all
 * accounts has each repository once.
 */
export interface Twins {
  /** A row came or went. */
  judge(row: Row): void
  /** After accounts came, went or changed places everything is judged anew, in steps. */
  judgeAll(): Promise<void>
  /** Rows that are marked. */
  count(): number
  /** Changes whenever everything was judged anew. */
  turn(): number
}

export const createTwins = (
  ranked: () => readonly RankedAccount[],
  rowsOf: (accountId: string) => ReadonlyMap<string, Row> | undefined,
): Twins => {
  /** Accounts on the same host, in the order of their rank; only where there is more than one. */
  let peers = new Map<string, readonly string[]>()
  let judged = ''
  let judging: Promise<void> | null = null
  let marked = 0
  let turns = 0

  const mark = (row: Row, twin: boolean) => {
    if (row.twin === twin) return
    row.twin = twin
    marked += twin ? 1 : -1
  }
  const judge = (row: Row) => {
    if (row.gone) mark(row, false)
    let first = true
    for (const accountId of peers.get(row.accountId) ?? []) {
      const peer = rowsOf(accountId)?.get(row.id)
      if (peer === undefined) continue
      mark(peer, !first)
      first = false
    }
  }

  const judgeEverything = async (order: readonly RankedAccount[]) => {
    const alone = (id: string) => (peersOf(order, id)?.length ?? 1) < 2
    peers = new Map(order.flatMap(({ id }) => (alone(id) ? [] : [[id, peersOf(order, id)]])))
    const breathe = createBreather()
    for (const { id } of order) {
      let count = 0
      for (const row of rowsOf(id)?.values() ?? []) {
        if (peers.has(id)) judge(row)
        else mark(row, false)
        count += 1
        if (count % batch === 0) await breathe()
      }
    }
    turns += 1
  }

  return {
    judge,
    judgeAll: async () => {
      while (judging !== null) await judging
      const order = ranked()
      const key = order.map(({ id }) => id).join()
      if (key === judged) return
      judged = key
      judging = judgeEverything(order).finally(() => {
        judging = null
      })
      await judging
    },
    count: () => marked,
    turn: () => turns,
  }
}

const peersOf = (order: readonly RankedAccount[], id: string): readonly string[] => {
  const self = order.find((account) => account.id === id)
  return order.filter(({ provider, host }) => provider === self?.provider && host === self.host).map((peer) => peer.id)
}
