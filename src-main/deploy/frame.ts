/** One field on its way to the server. Fields of the same name may come more than once. */
export type Field = readonly [name: string, value: string]

/** Bytes that a shell's `read` and `printf %b` leave alone. */
const harmless = /[A-Za-z0-9_./:@,+=-]/

/**
 * A value as the server's `printf %b` turns it back: every other byte is an octal escape, so that nothing in it can be
 * taken for anything else on the way. A NUL can't be in a shell variable and is left out.
 */
export const encodeValue = (value: string): string =>
  [...Buffer.from(value, 'utf8')]
    .filter((byte) => byte !== 0)
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return harmless.test(character) ? character : `\\0${byte.toString(8).padStart(3, '0')}`
    })
    .join('')

/** Status of a shell that read the fields as commands: one that a start-up file has put in the place of the command. */
export const readByShell = 93

/**
 * Standard input of one call: a line for each field. Names are our own words. The first line is none of them: a shell
 * that reads commands where the script should read fields ends there and runs nothing.
 */
export const encodeFrame = (fields: readonly Field[]): string =>
  [`exit ${readByShell}\n`, ...fields.map(([name, value]) => `${name} ${encodeValue(value)}\n`)].join('')

/** What a call answered. */
export interface Answer {
  /** The value of the first record of that name, or ''. */
  get(name: string): string
  all(name: string): readonly string[]
  /** In the order in which they came. */
  readonly records: readonly Field[]
  /** What the record `text` holds, as it is; empty when there is none. */
  readonly text: Buffer
  /** Whether the last record came, so that nothing was cut off. */
  readonly complete: boolean
}

const tab = 0x09
/** The last record. */
const done = Buffer.from('\0done\t1\0')

/**
 * Reads the records `name<TAB>value<NUL>`. What a login shell printed before the first NUL is skipped; a record `text`
 * takes everything up to the last one.
 */
export const parseAnswer = (output: Buffer): Answer => {
  const records: Field[] = []
  let text: Buffer = Buffer.alloc(0)
  let complete = false
  let at = output.indexOf(0) + 1
  while (at > 0 && at < output.length) {
    if (output.toString('latin1', at, at + 5) === 'text\t') {
      complete = output.length >= at + 5 + done.length && output.subarray(-done.length).equals(done)
      text = output.subarray(at + 5, complete ? -done.length : undefined)
      break
    }
    const end = output.indexOf(0, at)
    if (end < 0) break
    const record = output.subarray(at, end)
    const middle = record.indexOf(tab)
    if (middle > 0) {
      const name = record.toString('latin1', 0, middle)
      if (name === 'done') complete = true
      else records.push([name, record.toString('utf8', middle + 1)])
    }
    at = end + 1
  }
  const all = (name: string) => records.filter(([other]) => other === name).map(([, value]) => value)
  return { records, text, complete, all, get: (name) => all(name)[0] ?? '' }
}
