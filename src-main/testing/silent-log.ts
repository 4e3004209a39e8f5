import type { Log } from '../log/log'

/** A log that only remembers its messages. */
export interface SilentLog extends Log {
  readonly messages: readonly string[]
}

/** For tests that are about something else; what was said can be looked up. */
export const silentLog = (): SilentLog => {
  const messages: string[] = []
  const note = (message: string) => {
    messages.push(message)
  }
  return { info: note, warn: note, error: note, messages }
}
