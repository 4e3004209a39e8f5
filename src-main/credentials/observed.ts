/** A value that others watch. */
export interface Observed<T> {
  get(): T
  set(value: T): void
  /** Calls the listener after every `set`; returns what stops it. */
  watch(listener: () => void): () => void
  /** Resolves at the next `set`. */
  next(): Promise<void>
}

export const observed = <T>(initial: T): Observed<T> => {
  let value = initial
  const listeners = new Set<() => void>()
  const watch = (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
  return {
    get: () => value,
    set: (changed) => {
      value = changed
      for (const listener of [...listeners]) listener()
    },
    watch,
    next: () =>
      new Promise((resolve) => {
        const stop = watch(() => {
          stop()
          resolve()
        })
      }),
  }
}
