import { Failure, type FailureCode, failureCodes } from '../../src-preload/contract/outcome'
import { saidName, saidText } from '../../src-preload/contract/plain-text'
import type { ExecResult, SshSession } from '../ssh/session'
import { type Answer, encodeFrame, type Field, parseAnswer, readByShell } from './frame'
import { pilotPath, pilotUpload } from './pilot-script'

export interface CallOptions {
  readonly signal?: AbortSignal
  /** In ms; null for as long as it wants. Default one minute. */
  readonly timeout?: number | null
}

/** Our script on one server, for one login. */
export interface Pilot {
  /**
   * Calls one word of the script with these fields and reads its answer.
   * @throws Failure what the script names, or what the session says; `bad-answer` when the answer is not whole
   */
  call(word: string, fields?: readonly Field[], options?: CallOptions): Promise<Answer>
  /** Calls a word that goes on printing; what it prints is handed over as it comes. Resolves when it has ended. */
  stream(
    word: string,
    fields: readonly Field[],
    onOutput: (chunk: Buffer) => void,
    options?: CallOptions,
  ): Promise<void>
}

/** A fixed text; only the word differs, and words are our own. */
const commandFor = (word: string): string => `sh "$HOME/${pilotPath}" ${word}`

const isCode = (text: string): text is FailureCode => (failureCodes as readonly string[]).includes(text)

/** sh says so with status 2 or 127, in many languages; that the script itself ended badly looks different. */
const isMissing = (code: number | null, output: Buffer): boolean => (code === 2 || code === 127) && !output.includes(0)

/** All of the script's answer: what goes on after it is not the script. */
const isAnswered = (stdout: Buffer, code: number | null, stderr: string): boolean =>
  (isMissing(code, stdout) && stderr.endsWith('\n')) || code === readByShell || parseAnswer(stdout).complete

/** The upload says something only where a program is missing, and a shell in its place by its errors. */
const isUploaded = (stdout: Buffer, code: number | null, stderr: string): boolean =>
  code === 0 || (code === 75 && stdout.includes('\n')) || stderr.endsWith('\n')

const linesIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(saidText)
    .filter((line) => line !== '')

/** How shells say that there is no `sh`: `bash: line 1: sh: command not found`, `fish: Unknown command: sh`. */
const isWithoutSh = ({ code, stderr }: ExecResult): boolean =>
  code === 127 && /(?:^|: )sh: [^:]*$|: sh$/m.test(stderr.trim())

/**
 * The script begins with a NUL, so what has none comes from something that ran in its place: a shell such as nologin(8)
 * or git-shell(1), or one that a start-up file started.
 */
const shellRefusal = (host: string, { code, stdout, stderr }: ExecResult): Failure | null => {
  if (stdout.includes(0)) return null
  if (code === readByShell) return new Failure('shell-refused', { host, why: 'start-up-file' })
  // A start-up file may greet before something says what went wrong.
  const [greeting] = linesIn(stdout.toString('utf8', 0, 8000))
  const complaint = linesIn(stderr).at(-1)
  const message = [greeting, complaint].filter((line) => line !== undefined).join(' … ')
  return new Failure('shell-refused', {
    host,
    status: String(code),
    ...(message === '' ? { why: 'silent' } : { message }),
  })
}

/** @param host for the facts of failures */
export const createPilot = (session: Pick<SshSession, 'exec'>, host: string): Pilot => {
  const upload = async (options: CallOptions): Promise<void> => {
    const result = await session.exec('sh -s', { input: pilotUpload, isWhole: isUploaded, ...options })
    const { code, stdout } = result
    if (code === 0) return
    if (code === 75) throw new Failure('tool-missing', { host, tool: saidName(stdout.toString(), 40) })
    if (code === 74) throw new Failure('disk-full', { host, path: '~/.cloudaipilot' })
    if (code === 73) throw new Failure('storage-failed', { host, path: '~/.cloudaipilot' })
    const refused = isWithoutSh(result) ? null : shellRefusal(host, result)
    throw refused ?? new Failure('tool-missing', { host, tool: 'sh' })
  }

  return {
    call: async (word, fields = [], options = {}) => {
      const input = encodeFrame(fields)
      const run = () => session.exec(commandFor(word), { input, isWhole: isAnswered, ...options })
      let result = await run()
      if (isMissing(result.code, result.stdout)) {
        await upload(options)
        result = await run()
      }
      const { code, stdout, stderr } = result
      const answer = parseAnswer(stdout)
      const failed = answer.get('fail')
      if (failed !== '') throw toFailure(failed, answer, host)
      if (answer.complete) return answer
      const message = saidName(stderr.trim().split('\n').at(-1) ?? '', 300)
      if (/No space left|Disk quota/i.test(stderr)) throw new Failure('disk-full', { host })
      const refused = shellRefusal(host, result)
      if (refused !== null) throw refused
      throw new Failure('bad-answer', { host, why: word, status: String(code), message })
    },
    stream: async (word, fields, onOutput, options = {}) => {
      let started = false
      let before = Buffer.alloc(0)
      const result = await session.exec(commandFor(word), {
        input: encodeFrame(fields),
        timeout: null,
        ...options,
        onOutput: (chunk) => {
          if (started) return onOutput(chunk)
          const at = chunk.indexOf(0)
          if (at < 0) {
            if (before.length < 8000) before = Buffer.concat([before, chunk])
            return
          }
          started = true
          if (at + 1 < chunk.length) onOutput(chunk.subarray(at + 1))
        },
      })
      if (started) return
      const isGone = isMissing(result.code, before) && result.stderr.includes(pilotPath)
      const refused = isGone ? null : shellRefusal(host, { ...result, stdout: before })
      if (refused !== null) throw refused
      throw new Failure('bad-answer', {
        host,
        why: word,
        status: String(result.code),
        message: saidName(result.stderr, 300),
      })
    },
  }
}

/** Lines that git and ssh said on a server. They are read to name the failure, and shown no more than 500 characters long. */
const saidLines = (value: string): string => value.slice(0, 8000).split('\x1e').map(saidText).join('\x1e')

/** Facts come from the server, so they are cut to what can be shown. */
const toFailure = (code: string, answer: Answer, host: string): Failure => {
  const facts = answer.records
    .filter(([name]) => name.startsWith('fact.'))
    .map(([name, value]) => [name.slice(5), name === 'fact.said' ? saidLines(value) : saidText(value)])
  return new Failure(isCode(code) ? code : 'bad-answer', { host, ...Object.fromEntries(facts) })
}
