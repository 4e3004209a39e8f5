/** Characters of all values together that are looked for in every encoding: the time for that grows with them. */
const mostSearched = 32_768

/** Splits values, the shorter ones first, into those that are looked for in every encoding and those that are too long. */
export const splitByLength = <T>(
  values: readonly T[],
  textOf: (value: T) => string,
): { readonly short: readonly T[]; readonly long: readonly T[] } => {
  const sorted = [...values].sort((a, b) => textOf(a).length - textOf(b).length)
  let sum = 0
  const count = sorted.findIndex((value) => {
    sum += textOf(value).length
    return sum > mostSearched
  })
  return count < 0 ? { short: sorted, long: [] } : { short: sorted.slice(0, count), long: sorted.slice(count) }
}

/** Bytes of one piece of a long value: a text of nearly twice as many that stands in the value holds one of its pieces. */
export const pieceBytes = 12
/** Bytes below which a line of its own is a word that stands everywhere. */
const shortestLineBytes = 6

const bytesOf = (text: string): string => Buffer.from(text).toString('latin1')

/** Pieces by their length in bytes: those of long lines, and each shorter line whole. */
const pieces = (values: readonly string[]): ReadonlyMap<number, ReadonlySet<string>> => {
  const found = new Map<number, Set<string>>()
  const add = (piece: string) => {
    const known = found.get(piece.length) ?? new Set()
    found.set(piece.length, known.add(piece))
  }
  for (const line of values.flatMap((value) => value.split(/[\r\n]/))) {
    const bytes = bytesOf(line.trim())
    if (bytes.startsWith('-----')) continue
    if (bytes.length >= shortestLineBytes && bytes.length < pieceBytes) add(bytes)
    for (let at = 0; at + pieceBytes <= bytes.length; at += pieceBytes) add(bytes.slice(at, at + pieceBytes))
  }
  return found
}

/** A line as it is, and as what may be encoded in it. */
function* readings(line: string): Generator<string> {
  yield bytesOf(line)
  for (const [run] of line.matchAll(/[\w+/-]{24,}/g)) {
    for (let from = 0; from < 4; from += 1) yield Buffer.from(run.slice(from), 'base64').toString('latin1')
  }
  for (const [run] of line.matchAll(/[0-9a-f]{48,}/gi)) {
    for (let from = 0; from < 2; from += 1) yield Buffer.from(run.slice(from), 'hex').toString('latin1')
  }
  let inner = line
  // An escape may be escaped itself.
  for (let depth = 0; depth < 3; depth += 1) {
    const outer = inner
    inner = bytesOf(outer)
      .replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
      .replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => bytesOf(String.fromCharCode(Number.parseInt(digits, 16))))
      .replace(/\\([^u])/g, '$1')
    if (inner === bytesOf(outer)) return
    yield inner
    inner = Buffer.from(inner, 'latin1').toString()
  }
}

/** Tells whether a line of a log holds a piece of one of these values, in whatever encoding. */
export const findLong = (values: readonly string[]): ((line: string) => boolean) => {
  const known = pieces(values)
  const holds = (bytes: string): boolean => {
    for (const [length, ofLength] of known) {
      for (let at = 0; at + length <= bytes.length; at += 1) {
        if (ofLength.has(bytes.slice(at, at + length))) return true
      }
    }
    return false
  }
  return (line) => known.size > 0 && [...readings(line)].some(holds)
}
