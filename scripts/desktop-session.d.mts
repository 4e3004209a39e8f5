/**
 * State of a session's secret service.
 * - `unlocked`: gnome-keyring with an open login keyring
 * - `locked`: the same behind its password dialog, which nobody answers
 * - `absent`: a bus without any secret service
 * - `no-bus`: no session bus at all
 */
export type Keychain = 'unlocked' | 'locked' | 'absent' | 'no-bus'

/** A desktop session apart from the person's own. */
export interface DesktopSession {
  /** Its home folder, empty at first. */
  readonly home: string
  /** The whole environment for processes of this session. */
  readonly env: NodeJS.ProcessEnv
  /** Brings the secret service into another state; what is stored stays. */
  setKeychain(state: Keychain): Promise<void>
  /** Deletes everything stored; a running secret service comes back empty and unlocked. */
  wipeKeychain(): Promise<void>
  /** Ends every process of the session and removes its folders. */
  close(): Promise<void>
}

/** Opens one; `env` is what it starts from, `process.env` unless told. */
export function openDesktopSession(options?: {
  readonly keychain?: Keychain
  readonly env?: NodeJS.ProcessEnv
}): Promise<DesktopSession>
