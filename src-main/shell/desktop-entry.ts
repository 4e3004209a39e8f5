/** The parts of a freedesktop.org desktop entry that matter for a URL scheme (Desktop Entry Specification 1.5). */

/**
 * Writes an entry that opens links of the scheme. `%u` is one URL, so a link can never become two arguments.
 * @param command the program and its fixed arguments, unquoted.
 */
export const writeDesktopEntry = (name: string, icon: string, command: readonly string[], scheme: string): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${name}`,
    'Comment=Connect git providers and deploy apps from private repositories',
    `Exec=${command.map(quoteArgument).join(' ')} %u`,
    `Icon=${icon}`,
    'Terminal=false',
    'Categories=Development;',
    `StartupWMClass=${name}`,
    `MimeType=x-scheme-handler/${scheme};`,
    '',
  ].join('\n')

/** Writes an entry for the autostart folder. @param command the program and its arguments, unquoted. */
export const writeAutostartEntry = (name: string, command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${name}`,
    `Exec=${command.map(quoteArgument).join(' ')}`,
    'Terminal=false',
    '',
  ].join('\n')

/** Quotes one argument of an Exec line: the specification's own escapes, and `%` doubled since it starts a field code. */
const quoteArgument = (argument: string): string => {
  const escaped = argument.replaceAll('%', '%%')
  return /^[A-Za-z0-9_@+=:,./-]+$/.test(escaped) || /^[A-Za-z0-9_@%+=:,./-]+$/.test(escaped)
    ? escaped
    : `"${escaped.replace(/(["`$\\])/g, '\\$1').replaceAll('\\', '\\\\')}"`
}

/** The command of an entry's Exec line without its field codes, or null when there is none. */
export const readExec = (entry: string): readonly string[] | null => {
  const section = entry.split(/^\[(?!Desktop Entry\])/m)[0] ?? ''
  const line = /^Exec\s*=\s*(.+)$/m.exec(section)?.[1]
  if (line === undefined) return null
  const words = line.replaceAll('\\\\', '\\').match(/"(?:\\.|[^"\\])*"|\S+/g) ?? []
  return words
    .map((word) => (word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word))
    .filter((word) => !/^%[a-zA-Z]$/.test(word))
    .map((word) => word.replaceAll('%%', '%'))
}
