const word = (text: string): string => `'${text.replaceAll('\\', '/').replaceAll("'", `'\\''`)}'`

const begin = '!cloudaipilot() {'

/** A value of `credential.helper` that git's shell runs (gitcredentials(7)); its begin tells it from a person's own. */
const setting = (run: string): string => `${begin} ${run}; }; cloudaipilot`

/** How earlier versions ended theirs. */
const former = / '--cli' 'git-credential'$/

/** Whether a value of `credential.helper` is one of these. */
export const isOurs = (value: string): boolean => value.startsWith(begin) || former.test(value)

/** Starts a program, unless git has something to store: what we gave it, or what is none of ours. */
export const helperSetting = (program: readonly string[]): string =>
  setting(`test "$1" = store || ${program.map(word).join(' ')} "$1"`)

/**
 * Asks the running app, through git's own client of `git credential-cache`. It only gets: asked to store, that client
 * would start a daemon in our place.
 */
export const askSetting = (socket: string): string =>
  setting(`test "$1" != get || git credential-cache --socket ${word(socket)} get`)
