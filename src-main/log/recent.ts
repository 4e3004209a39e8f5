import type { Log, LogFacts } from './log'
import { redact, redactText } from './redact'

/** Entries that are kept. */
const most = 20

/** A log that can say what went wrong last, without secrets, for somebody who asks for help. */
export interface RecentLog extends Log {
  /** The last warnings and errors, oldest first, one line each. */
  failures(): readonly string[]
}

/** Keeps the last warnings and errors of a log. */
export const keepRecent = (log: Log, now: () => number): RecentLog => {
  let kept: readonly string[] = []
  const keep = (level: string, message: string, facts: LogFacts = {}) => {
    const line = `${new Date(now()).toISOString()} ${level} ${redactText(message)} ${JSON.stringify(redact(facts))}`
    kept = [...kept, line.slice(0, 1000)].slice(-most)
  }
  return {
    info: log.info,
    warn: (message, facts) => {
      keep('warn', message, facts)
      log.warn(message, facts)
    },
    error: (message, facts) => {
      keep('error', message, facts)
      log.error(message, facts)
    },
    failures: () => kept,
  }
}
