/** The notes that ssh2 makes of a login: whether the key was taken and another method asked for after it. */
export interface AcceptedKeyNotes {
  note(line: string): void
  /** Methods that the server asks for beside the key (RFC 4252 section 5.1, partial success); null: it did not take it. */
  readonly more: () => readonly string[] | null
}

/**
 * Collects them. The library tells of a partial success only for some types of keys; that a key was taken, signed with,
 * and is then no longer among what can continue, says the same.
 */
export const acceptedKeyNotes = (): AcceptedKeyNotes => {
  let taken = false
  let more: readonly string[] | null = null
  return {
    note: (line) => {
      if (line === 'Inbound: Received USERAUTH_PK_OK') taken = true
      const [, list] = /^Inbound: Received USERAUTH_FAILURE \(([^)]*)\)$/.exec(line) ?? []
      if (list === undefined) return
      const methods = list.split(',').filter((name) => name !== '')
      if (taken && more === null && methods.length > 0 && !methods.includes('publickey')) more = methods
      taken = false
    },
    more: () => more,
  }
}
