/** Words that a shell knows by itself. */
const builtIn = new Set(
  'alias bg break case cd command continue do done echo elif else esac eval exec exit export false fc fg fi for getopts hash if in jobs kill local printf pwd read readonly return set shift test then time times trap true type ulimit umask unalias unset until wait while'.split(
    ' ',
  ),
)

/**
 * The programs that a command starts, as far as they can be told from its text: the first word of each part. It is for a
 * look ahead, so what can't be told is left out; at most 20.
 */
export const commandPrograms = (command: string): readonly string[] => {
  const parts = command
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .flatMap((line) => line.split(/&&|\|\||[;|&(){}]/))
  const words = parts.flatMap((part) => {
    const rest = part.trim().split(/\s+/)
    while (
      /^[A-Za-z_][A-Za-z0-9_]*=/.test(rest[0] ?? '') ||
      ['sudo', 'env', 'exec', 'time', 'nohup', '!'].includes(rest[0] ?? '')
    ) {
      rest.shift()
    }
    const word = rest[0] ?? ''
    // A path in the repository is there only after the release was made.
    return /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(word) && !builtIn.has(word) ? [word] : []
  })
  return [...new Set(words)].slice(0, 20)
}
