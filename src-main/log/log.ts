import type { LogMessage } from 'electron-log'
import electronLog from 'electron-log/node'
import { redact, redactText } from './redact'

/** What goes with a message: anything; secrets in it are taken out by type, name and pattern before it is written. */
export type LogFacts = Readonly<Record<string, unknown>>

/** Where main writes down what happened. Messages are whole sentences without values; values are facts. */
export interface Log {
  info(message: string, facts?: LogFacts): void
  warn(message: string, facts?: LogFacts): void
  error(message: string, facts?: LogFacts): void
}

/** Where the log goes. */
export interface LogOptions {
  /** Path of the log file. Its predecessor is kept beside it as `<name>.old.log`. */
  readonly file: string
  /** Size at which a new file is started, in bytes; so the log takes at most about twice that. Default 1 MB. */
  readonly maxBytes?: number
  /** Also prints to the terminal that the app was started from. Default false. */
  readonly print?: boolean
}

/**
 * A log of one JSON object a line: `at` (ISO 8601, UTC), `level`, `message`, `facts`. Readable by this user only.
 * A log that can't be written is no reason to fail: electron-log then says so on the terminal and drops the entry.
 */
export const createLog = ({ file, maxBytes = 1024 * 1024, print = false }: LogOptions): Log => {
  const logger = electronLog.create({ logId: file })
  logger.transports.file.resolvePathFn = () => file
  logger.transports.file.maxSize = maxBytes
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  // In place of the library's own formatting, which would print values that nobody looked at.
  logger.transports.file.transforms = [({ message }) => lineOf(message)]
  logger.transports.console.transforms = [({ message }) => [lineOf(message)]]
  logger.transports.console.level = print ? 'info' : false
  return {
    info: (message, facts) => logger.info(message, facts),
    warn: (message, facts) => logger.warn(message, facts),
    error: (message, facts) => logger.error(message, facts),
  }
}

const lineOf = ({ date, level, data: [message, facts] }: LogMessage): string =>
  JSON.stringify({
    at: date.toISOString(),
    level,
    message: redactText(String(message)),
    ...(facts === undefined ? {} : { facts: redact(facts) }),
  })
