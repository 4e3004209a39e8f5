/**
 * Runs several lists at once, at most `limit`, and yields whatever comes first. When one fails or the consumer stops,
 * all are stopped.
 */
export async function* merge<T>(
  lists: Iterable<() => AsyncGenerator<T, void, undefined>>,
  limit: number,
): AsyncGenerator<T, void, undefined> {
  const waiting = lists[Symbol.iterator]()
  type Turn = { readonly list: AsyncGenerator<T, void, undefined>; readonly result: IteratorResult<T, void> }
  const running = new Map<AsyncGenerator<T, void, undefined>, Promise<Turn>>()

  const advance = (list: AsyncGenerator<T, void, undefined>) => {
    const turn = list.next().then((result) => ({ list, result }))
    // The consumer hears of the first failure only; the others have nobody to hear them.
    turn.catch(() => undefined)
    running.set(list, turn)
  }
  const fill = () => {
    while (running.size < limit) {
      const next = waiting.next()
      if (next.done) return
      advance(next.value())
    }
  }

  try {
    for (fill(); running.size > 0; fill()) {
      const { list, result } = await Promise.race(running.values())
      if (result.done) {
        running.delete(list)
        continue
      }
      advance(list)
      yield result.value
    }
  } finally {
    // Not awaited: a list that waits for an answer would end only with it.
    for (const list of running.keys()) void list.return().catch(() => undefined)
  }
}
