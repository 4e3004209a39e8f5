/** The forge's idea of now. Tests move it forward instead of waiting for a code, a token or a rate limit to run out. */
export interface Clock {
  /** Milliseconds since 1970, the real clock plus whatever was added. */
  now(): number
  /** Moves the forge's clock forward (or back, with a negative number) by milliseconds. */
  advance(milliseconds: number): void
}

/** A clock that runs with the machine's own. */
export function runningClock(): Clock {
  let offset = 0
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += milliseconds
    },
  }
}

/** `2026-01-31T12:00:00Z`, the form all providers use in their JSON. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z')

/** Seconds in an hour, a day: lifetimes in the dialects are written with these. */
export const HOUR = 3_600_000
export const DAY = 24 * HOUR
