/**
 * One JSON document of plain facts (never secrets) that survives a crash: a write is atomic, the last good copy is kept,
 * an unreadable file is set aside and told about. `update` is the only way to change it, so that no two writers race.
 */
export interface Store<T> {
  read(): T
  /** Applies the change and resolves when it is durable. Rejects with `Failure('storage-failed')`. */
  update(change: (value: T) => T): Promise<T>
}
