/** What a person or git asks for in the terminal. */
export type Command =
  | { readonly kind: 'credential'; readonly action: 'get' | 'store' | 'erase' }
  | { readonly kind: 'accounts' | 'check' | 'doctor' }
  | { readonly kind: 'repositories'; readonly text: string }
  | { readonly kind: 'clone'; readonly what: string; readonly folder: string | null }
  | { readonly kind: 'deploy'; readonly app: string }
  | { readonly kind: 'version' | 'help' }
  | { readonly kind: 'unknown'; readonly word: string }

/** A command line: what is asked, and whether the answer is for a program. */
export interface CommandLine {
  readonly command: Command
  readonly json: boolean
}

/** The switch that the launcher starts the app with; everything after it is the person's. */
export const terminalSwitch = '--cli'

/** Shown by `cloudaipilot help`. */
export const manual = `Usage: cloudaipilot [command] [--json]

  (none)                    open the app
  accounts                  the connected accounts and their state
  check                     call every provider now, then the same
  repos [text]              repositories, of all accounts, that match
  clone <name|url> [folder] clone with the right account's login
  deploy <app>              deploy an app and wait until it is live
  doctor                    whether everything that a clone needs is in order
  version, help

git asks by itself: cloudaipilot git-credential get|store|erase (see gitcredentials(7)).
`

/** The part of a process's argv that is a command line of ours, or null when the app is simply started. */
export const terminalArguments = (argv: readonly string[]): readonly string[] | null => {
  const index = argv.indexOf(terminalSwitch)
  return index < 0 ? null : argv.slice(index + 1)
}

const credentialActions = { get: 'get', store: 'store', erase: 'erase' } as const
const isAction = (word: string): word is keyof typeof credentialActions => Object.hasOwn(credentialActions, word)

/** Reads a command line. Never fails: what it does not know is `unknown`. */
export const readCommandLine = (given: readonly string[]): CommandLine => {
  const json = given.includes('--json')
  const [word = 'help', ...rest] = given.filter((part) => part !== '--json')
  const unknown = (part: string) => ({ command: { kind: 'unknown', word: part }, json }) as const
  const [first, second, ...surplus] = rest
  const strange = rest.find((part) => part.startsWith('-')) ?? surplus[0]
  if (word === 'git-credential') {
    // gitcredentials(7): an action that is not known has to be ignored without a word.
    return { command: { kind: 'credential', action: first !== undefined && isAction(first) ? first : 'store' }, json }
  }
  if (strange !== undefined && word !== 'help') return unknown(strange)
  switch (word) {
    case 'accounts':
    case 'check':
    case 'doctor':
    case 'version':
      return first === undefined ? { command: { kind: word }, json } : unknown(first)
    case 'help':
      return { command: { kind: 'help' }, json }
    case 'repos':
      return second === undefined ? { command: { kind: 'repositories', text: first ?? '' }, json } : unknown(second)
    case 'clone':
      return first === undefined
        ? unknown('clone')
        : { command: { kind: 'clone', what: first, folder: second ?? null }, json }
    case 'deploy':
      if (first === undefined) return unknown('deploy')
      return second === undefined ? { command: { kind: 'deploy', app: first }, json } : unknown(second)
    default:
      return unknown(word)
  }
}
