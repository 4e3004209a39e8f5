declare module 'bcrypt-pbkdf' {
  /** Writes the derived key into `key`; not 0 where the parameters are none. */
  export function pbkdf(
    passphrase: Uint8Array,
    passphraseLength: number,
    salt: Uint8Array,
    saltLength: number,
    key: Uint8Array,
    keyLength: number,
    rounds: number,
  ): number
}
