import type { Secret } from '../credentials/secret'
import { cleanLine } from '../git/redact'
import { createRedaction, type Redaction } from '../redaction/redaction'
import { literalsOf, valuesToHide } from '../redaction/spellings'

/** Values shorter than this are words that stand everywhere, like `true` or `8080`. */
const shortest = 6

/** A basic regular expression that matches a text and nothing else (POSIX.1-2017, 9.3.2). */
const literal = (text: string): string => text.replace(/[\\/.*[\]^$]/g, '\\$&')

/**
 * A sed script that cuts the values out of a log on the server, before it is written to a disk. It is given to sed as a
 * file that only the user can read, never as an argument. It knows the encodings that programs write; what is shown here
 * is cut once more by `logLine`, which knows any mixture of them.
 */
export const redactionScript = (values: readonly string[]): string => {
  const forms = valuesToHide(values, shortest)
    .filter((value) => !value.includes('\n'))
    .flatMap(literalsOf)
  // Longest first, so that none is cut by a part of itself.
  return [...new Set(forms)]
    .sort((a, b) => b.length - a.length)
    .map((form) => `s/${literal(form)}/[secret]/g\n`)
    .join('')
}

/** A log has thousands of lines and the same secrets. */
const redactions = new WeakMap<readonly Secret[], Redaction>()

const redactionFor = (secrets: readonly Secret[]): Redaction => {
  const known = redactions.get(secrets)
  if (known !== undefined) return known
  const made = createRedaction(
    secrets.map((secret) => secret.reveal()),
    shortest,
  )
  redactions.set(secrets, made)
  return made
}

/** One line of a log, fit to be shown: the values are cut out here as well, like anything that looks like a credential. */
export const logLine = (text: string, secrets: readonly Secret[]): string =>
  cleanLine(redactionFor(secrets).text(text.slice(0, 16_384)))
