/** Longer than anything that git sends, in characters. */
export const longestAttributes = 16_384

/** The keys that git itself gives more than one value (git-credential(1)). */
const multiValued: ReadonlySet<string> = new Set(['capability[]', 'state[]', 'wwwauth[]'])

/**
 * Reads git's attributes up to the empty line. Null when it is not what git writes. A key given twice is refused: whoever
 * reads the first value and whoever reads the last one would not mean the same login.
 */
export const readAttributes = (text: string): ReadonlyMap<string, string> | null => {
  if (text.length > longestAttributes || /[\0\r]/.test(text)) return null
  const attributes = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line === '') break
    const end = line.indexOf('=')
    const key = line.slice(0, end)
    if (end < 1 || (attributes.has(key) && !multiValued.has(key))) return null
    attributes.set(key, line.slice(end + 1))
  }
  return attributes
}
