/**
 * A reason why the set-up cannot go on, worded for the person at the terminal: what is wrong and the one thing to do.
 * Everything else that is thrown is a defect of these scripts and keeps its stack.
 */
export class Stop extends Error {
  /** @param {string} message @param {{ action?: string, details?: string, code?: number }} [more] code: the exit code */
  constructor(message, { action, details, code = 1 } = {}) {
    super(message)
    this.action = action
    this.details = details
    this.code = code
  }
}

/** Prints one line of progress. @param {string} text */
export const say = (text) => console.log(text)

/** Prints a line in answer to something that went wrong. @param {string} text */
export const complain = (text) => console.error(text)

/** @param {number} since a value of `performance.now()` @returns {string} e.g. "3.4 s" */
export const secondsSince = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`
