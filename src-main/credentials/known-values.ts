/** Characters below which a value is a word that may stand anywhere. */
const shortest = 8
/** Values that are remembered, and their characters in all, with no more than some of each; the oldest go first. */
const most = 1000
const mostCharacters = 256 * 1024
const mostOfOne = 16_000

const weightOf = ({ length }: string): number => Math.min(length, mostOfOne)

/** The values of the secrets that this process has held, oldest first. They are in its memory alone, as the secrets are. */
export interface KnownValues {
  /** Called with every secret that comes into being. */
  add(value: string): void
  all(): Iterable<string>
  /** Counts the changes: what was made of the values is up to date as long as it stays. */
  version(): number
}

/** @see KnownValues */
export const createKnownValues = (): KnownValues => {
  const values = new Set<string>()
  let characters = 0
  let changes = 0
  return {
    add: (value) => {
      if (value.length < shortest) return
      if (values.delete(value)) {
        values.add(value)
        return
      }
      values.add(value)
      characters += weightOf(value)
      changes += 1
      for (const oldest of values) {
        if (values.size <= most && characters <= mostCharacters) break
        values.delete(oldest)
        characters -= weightOf(oldest)
      }
    },
    all: () => values,
    version: () => changes,
  }
}

/** Those of this process. */
export const knownValues = createKnownValues()
