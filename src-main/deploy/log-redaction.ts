import type { Secret } from '../credentials/secret'
import { cleanLine } from '../git/redact'

/** Values shorter than this are words that stand everywhere, like `true` or `8080`. */
const shortest = 6

/** Every line of every value, and what it looks like encoded. Longest first, so that none is cut by a part of itself. */
const forms = (values: readonly string[]): readonly string[] =>
  [
    ...new Set(
      values
        .flatMap((value) => [value, ...value.split(/\r?\n/)])
        .filter((part) => part.trim().length >= shortest && !part.includes('\n'))
        .flatMap((part) => [part, encodeURIComponent(part), Buffer.from(part).toString('base64')]),
    ),
  ].sort((a, b) => b.length - a.length)

/** A basic regular expression that matches a text and nothing else (POSIX.1-2017, 9.3.2). */
const literal = (text: string): string => text.replace(/[\\/.*[\]^$]/g, '\\$&')

/**
 * A sed script that cuts the values out of a log on the server, before it is written to a disk. It is given to sed as a
 * file that only the user can read, never as an argument.
 */
export const redactionScript = (values: readonly string[]): string =>
  forms(values)
    .map((form) => `s/${literal(form)}/[secret]/g\n`)
    .join('')

/** One line of a log, fit to be shown: the values are cut out here as well, like anything that looks like a credential. */
export const logLine = (text: string, secrets: readonly Secret[]): string => {
  const values = forms(secrets.map((secret) => secret.reveal()))
  return cleanLine(values.reduce((clean, form) => clean.replaceAll(form, '[secret]'), text.slice(0, 16_384)))
}
