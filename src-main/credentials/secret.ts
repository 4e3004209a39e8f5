import { inspect } from 'node:util'
import { knownValues } from './known-values'

const printed = '[secret]'

/**
 * A value that must not be seen: a token, a private key, a passphrase, a client secret.
 * Printing, logging, JSON and structured cloning show `[secret]` or nothing; only `reveal` opens it. From its creation on, the
 * log knows its value and leaves it out of every text, in whatever encoding it stands there.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
    knownValues.add(value)
  }

  /** The value itself. Every call is a place to review. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return printed
  }

  toJSON(): string {
    return printed
  }

  [inspect.custom](): string {
    return printed
  }
}
