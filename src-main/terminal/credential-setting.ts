const word = (text: string): string => `'${text.replaceAll('\\', '/').replaceAll("'", `'\\''`)}'`

/** The value of `credential.helper` that starts a program: git's shell runs what follows the mark (gitcredentials(7)). */
export const helperSetting = (program: readonly string[]): string => `!${program.map(word).join(' ')}`
