import ignore from 'ignore'

/** Which file and which pattern decided about a list of changed files. */
export interface Verdict {
  readonly deploys: boolean
  /** The pattern that decided; null when none is set, or none fits any file. */
  readonly pattern: string | null
  readonly file: string | null
}

/** One pattern, taken apart. */
interface Rule {
  /** As the person wrote it. */
  readonly text: string
  readonly negative: boolean
  /** Without `!` and without the slash at the end. */
  readonly pattern: string
  /** It had a slash at its end, so it names a folder only. */
  readonly folder: boolean
}

const readRule = (text: string): readonly Rule[] => {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.startsWith('#')) return []
  const negative = trimmed.startsWith('!')
  const rest = negative ? trimmed.slice(1) : trimmed
  const folder = rest.endsWith('/')
  const pattern = rest.replace(/\/+$/, '')
  return pattern === '' ? [] : [{ text, negative, pattern, folder }]
}

/**
 * Holds changed files against watch paths: patterns as in gitignore(5), where one that names a folder names all that is
 * in it; of those that fit a file the last one decides, and `!` takes back. Without patterns everything is watched.
 * The server lets git itself decide by `watchAttributes`; this says beforehand, and by which pattern.
 */
export const judgeFiles = (patterns: readonly string[], files: readonly string[]): Verdict => {
  const rules = patterns.flatMap(readRule).map((rule) => ({
    ...rule,
    fits: ignore({ ignorecase: false }).add(rule.folder ? `${rule.pattern}/` : rule.pattern),
  }))
  if (rules.length === 0) return { deploys: true, pattern: null, file: files[0] ?? null }
  let told: Verdict = { deploys: false, pattern: null, file: null }
  for (const file of files) {
    if (!ignore.isPathValid(file)) continue
    const rule = [...rules].reverse().find(({ fits }) => fits.ignores(file))
    if (rule?.negative === false) return { deploys: true, pattern: rule.text, file }
    if (told.file === null && rule !== undefined) told = { deploys: false, pattern: rule.text, file }
  }
  return told
}

/** A pattern between double quotes, as gitattributes(5) takes any other text. */
const quoted = (pattern: string): string => `"${pattern.replace(/["\\]/g, '\\$&')}"`

/**
 * The same rules as a file of attributes: `watch` for a pattern, `-watch` for one that takes back. Attributes know no
 * patterns for folders, so what is below is named as well.
 */
export const watchAttributes = (patterns: readonly string[]): string =>
  patterns
    .flatMap(readRule)
    .flatMap(({ pattern, folder, negative }) => {
      // `**` alone stands for no folder as well, so at the end of a pattern one has to follow.
      const inside = /(^|\/)\*\*$/.test(pattern) ? `${pattern}/*/**` : `${pattern}/**`
      const below = pattern.includes('/') ? inside : `**/${inside}`
      return [...(folder ? [] : [pattern]), below].map((one) => `${quoted(one)} ${negative ? '-watch' : 'watch'}\n`)
    })
    .join('')
