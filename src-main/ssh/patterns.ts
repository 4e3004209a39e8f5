/** Whether a name is one that `*` and `?` stand for (ssh_config(5), PATTERNS). */
export const fitsPattern = (pattern: string, name: string): boolean => {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`).test(name)
}

/** Whether a list of patterns speaks of a name: some pattern fits, and none that is negated with `!`. */
export const fitsPatterns = (patterns: readonly string[], fits: (pattern: string) => boolean): boolean =>
  !patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1))) &&
  patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern))
