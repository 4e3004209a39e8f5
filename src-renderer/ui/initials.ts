const words = /[\p{L}\p{N}]+/gu

/** One or two letters for a name: `Mona Lisa` is ML, `deploy@acme` is DA, `octocat` is O. */
export const initialsOf = (name: string): string => {
  const [first, second] = name.match(words) ?? []
  const letter = (word: string | undefined) => (word === undefined ? '' : ([...word][0] ?? ''))
  return `${letter(first)}${letter(second)}`.toUpperCase() || '?'
}
