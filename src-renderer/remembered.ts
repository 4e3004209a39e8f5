import { type BaseIssue, type BaseSchema, parse } from 'valibot'

/** A value that this window keeps for its next start. */
export interface Remembered<T> {
  read(): T
  write(value: T): void
}

/**
 * Keeps a choice of how the window looks between starts, on this machine only. What is stored counts as foreign: anything
 * outside the schema, and a store that cannot be read, is the fallback. Nothing secret and nothing that is needed belongs
 * here.
 */
export const remembered = <T>(
  key: string,
  schema: BaseSchema<unknown, T, BaseIssue<unknown>>,
  fallback: T,
): Remembered<T> => ({
  read: () => {
    try {
      return parse(schema, JSON.parse(localStorage.getItem(key) ?? 'null'))
    } catch {
      return fallback
    }
  },
  write: (value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value))
    } catch {
      // A full or forbidden store costs the next start its place, no more.
    }
  },
})
