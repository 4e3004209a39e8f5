/**
 * Characters that hide, reorder or break text: C0 and C1 controls, line and paragraph separators, zero-width marks,
 * direction marks, embeddings and isolates (Unicode Technical Report 36, section 2.5), interlinear marks and tags.
 * The joiners U+200C and U+200D stay: words of several scripts and emoji need them.
 */
const unsafe =
  /[\u{0}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]+/gu

/**
 * Text from outside, made safe to show on one line: nothing invisible or reordering, no half of a surrogate pair,
 * at most `limit` UTF-16 units.
 */
export const plainText = (value: string, limit: number): string => {
  const clean = value
    .slice(0, limit * 4)
    .replace(/[\t\n\r]+/g, ' ')
    .replace(unsafe, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim()
  return clean.length <= limit ? clean : `${clean.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Control sequences and strings of terminals (ECMA-48, sections 5.4 and 5.6): CSI; DCS, SOS, OSC, PM and APC with what they hold. */
const escapes =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[P\]X^_]|[\x90\x98\x9d-\x9f])[^\n\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g

/** Most characters of anything that a host, a server or git says. */
export const mostSaid = 500

/** What a host, a server or git said, as it may be shown: without terminal sequences, on one line, at most 500 characters. */
export const saidText = (value: string): string => saidName(value, mostSaid)

/** The same for a name in a menu or a title, which has less room. */
export const saidName = (value: string, limit: number): string =>
  plainText(value.slice(0, mostSaid * 16).replace(escapes, ''), limit)

/** Names of facts that a server may send: words of ours. */
const factName = /^[a-zA-Z][\w.-]{0,63}$/
/** More than any failure has. */
const mostFacts = 40

/** Facts of a failure as they may be shown, whoever said them. */
export const saidFacts = (facts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(facts)
      .filter(([name]) => factName.test(name))
      .slice(0, mostFacts)
      .map(([name, value]) => [name, saidText(value)]),
  )

/** Everything but line ends and tabs that hides, reorders or commands. */
const unsafeInLines = new RegExp(unsafe.source.replace('\\u{0}-\\u{1f}', '\\u{0}-\\u{8}\\u{b}-\\u{1f}'), 'gu')

/** A text of several lines, without what hides, reorders or commands. */
export const safeText = (value: string): string =>
  value
    .replace(escapes, '')
    .replace(unsafeInLines, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')

/** Texts of several lines in whatever a value holds, without what hides, reorders or commands. */
export const safeTexts = (value: unknown): unknown => {
  if (typeof value === 'string') return safeText(value)
  if (Array.isArray(value)) return value.map(safeTexts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [safeTexts(name), safeTexts(item)]))
}
