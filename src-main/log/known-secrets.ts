import { type KnownValues, knownValues } from '../credentials/known-values'
import { createGrowingRedaction, type GrowingRedaction } from '../redaction/redaction'

/** Characters of a value, and line of one, below which it is a word that may stand anywhere. */
const shortest = 8
/** Characters of a longer value that are looked for, in pieces: a text that is written down is shorter. */
const mostOfOne = 16_000
const pieceLength = 1024
/** Values that have been forgotten and are still looked for, until all is put together anew. */
const mostForgotten = 500

const piecesOf = (value: string): readonly string[] =>
  value.length <= 4 * pieceLength
    ? [value]
    : Array.from({ length: Math.ceil(Math.min(value.length, mostOfOne) / pieceLength) }, (_, index) =>
        value.slice(index * pieceLength, (index + 1) * pieceLength),
      )

/** Takes the secrets of a process out of texts. What has to be put together for that is, when a text comes, and once for each secret. */
export const createKnownSecrets = (known: KnownValues): ((text: string, isWhole?: boolean) => string) => {
  let redaction: GrowingRedaction = createGrowingRedaction(shortest)
  let looked = new Set<string>()
  let version = -1
  const catchUp = () => {
    if (version === known.version()) return
    version = known.version()
    const all = [...known.all()]
    if (looked.size + all.filter((value) => !looked.has(value)).length > all.length + mostForgotten) {
      redaction = createGrowingRedaction(shortest)
      looked = new Set()
    }
    for (const value of all) {
      if (looked.has(value)) continue
      looked.add(value)
      redaction.add(piecesOf(value))
    }
  }
  return (text, isWhole = true) => {
    catchUp()
    // The end of a text that was cut may hold the beginning of a secret.
    return isWhole ? redaction.text(text) : redaction.stream().push(text)
  }
}

/**
 * A text without any secret that this process has held, in whatever encoding.
 * @param isWhole false where it was cut: what may be the beginning of a secret is then left out at its end
 */
export const hideKnownSecrets = createKnownSecrets(knownValues)
