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
