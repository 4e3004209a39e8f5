const second = 1000
const hour = 3600 * second

/** Waits between tries: 5 s, doubling up to 15 min, each spread by a fifth so that many accounts don't knock at once. */
export const backoff = (attempt: number, random: () => number = Math.random): number =>
  Math.round(Math.min(900 * second, 5 * second * 2 ** Math.min(attempt, 10)) * (0.8 + 0.4 * random()))

/** Waits between looks at an account whose credential was refused: a minute, doubling up to 6 h. */
export const recoveryPause = (attempt: number): number => Math.min(6 * hour, 60 * second * 2 ** Math.min(attempt, 10))
