/** The app's own name, and what it is made of. */
const appWords = ['cloudaipilot', 'cloudaipilotdesktop', 'cloud ai pilot', 'cloudai', 'aipilot']

/** Passwords that have to be changed every few months are made of these. */
const calendar =
  'frühling fruehling sommer herbst winter spring summer autumn januar februar märz maerz april mai juni juli august september oktober november dezember january february march june july october december'

/** So many words are looked at; each makes an estimate take longer. */
const mostWords = 300
/** Fewer letters than this stand in too many words. */
const shortestWord = 3

/**
 * Words that an attacker tries first: the name of the app, the calendar, and what is known of this very person, each
 * also in its parts, and without what stands between them.
 * @param names logins, addresses of hosts, the name of the computer
 */
export const ownWords = (names: readonly string[]): readonly string[] => {
  const words = names.flatMap((name) => {
    const plain = name.toLowerCase().replace(/^[a-z]+:\/\//, '')
    const parts = plain.split(/[^\p{L}\p{N}]+/u)
    return [plain, parts.join(''), ...parts]
  })
  return [...new Set([...appWords, ...words, ...calendar.split(' ')])]
    .filter((word) => word.length >= shortestWord)
    .slice(0, mostWords)
}
