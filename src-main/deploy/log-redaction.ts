import type { Secret } from '../credentials/secret'
import { cleanLine } from '../git/redact'
import { findLong, splitByLength } from '../redaction/long-values'
import { createRedaction } from '../redaction/redaction'
import { valuesToHide } from '../redaction/spellings'
import { brokenEncodings, scriptFor } from './log-patterns'

/** Values shorter than this are words that stand everywhere, like `true` or `8080`. */
const shortest = 6

/**
 * A sed script that cuts the values out of a log on the server, before it is written to a disk. It is given to sed as a
 * file that only the user can read, never as an argument. It knows the encodings that programs write; what is shown here
 * is cut once more by `logLine`, which knows any mixture of them.
 */
export const redactionScript = (values: readonly string[]): string =>
  scriptFor(valuesToHide(values, shortest).filter((value) => !/[\r\n]/.test(value)))

/** A log has thousands of lines and the same secrets. */
const redactions = new WeakMap<readonly Secret[], (line: string) => string>()

const redactionFor = (secrets: readonly Secret[]): ((line: string) => string) => {
  const known = redactions.get(secrets)
  if (known !== undefined) return known
  const all = secrets.map((secret) => secret.reveal())
  const { short: values, long } = splitByLength(all, (value) => value)
  const redaction = createRedaction(values, shortest)
  const broken = brokenEncodings(valuesToHide(values, shortest))
  const holdsLong = findLong(long)
  const made = (line: string): string => {
    if (holdsLong(line)) return '[secret]'
    const clean = redaction.text(line)
    return broken === null ? clean : clean.replace(broken, '[secret]')
  }
  redactions.set(secrets, made)
  return made
}

/** One line of a log, fit to be shown: the values are cut out here as well, like anything that looks like a credential. */
export const logLine = (text: string, secrets: readonly Secret[]): string =>
  cleanLine(redactionFor(secrets)(text.slice(0, 16_384)))
