/**
 * Runs a task for every item, at most `limit` at once, and yields the results in the order of the items. At most
 * `limit` results wait for the consumer. When a task fails or the consumer stops, the others are aborted.
 */
export async function* inOrder<I, O>(
  items: Iterable<I>,
  limit: number,
  run: (item: I, signal: AbortSignal) => Promise<O>,
  signal?: AbortSignal,
): AsyncGenerator<O, void, undefined> {
  const stop = new AbortController()
  const abort = () => stop.abort()
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })

  const rest = items[Symbol.iterator]()
  const started: Promise<O>[] = []
  const fill = () => {
    while (started.length < limit) {
      const item = rest.next()
      if (item.done) return
      const task = run(item.value, stop.signal)
      // Who waits for an earlier task may never come to this one; its failure is then nobody's.
      task.catch(() => undefined)
      started.push(task)
    }
  }

  try {
    for (fill(); started.length > 0; fill()) yield await (started.shift() as Promise<O>)
  } finally {
    stop.abort()
    signal?.removeEventListener('abort', abort)
  }
}
