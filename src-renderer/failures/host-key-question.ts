import { createStore } from 'zustand'
import { navigate } from '../location'

/** A host key that nobody has confirmed yet, and what to do again once it is trusted. */
export interface HostKeyToCompare {
  readonly host: string
  readonly port: number
  readonly type: string
  readonly fingerprint: string
  /** Fingerprint that the host publishes, or null. */
  readonly published: string | null
  readonly onTrusted: (() => void) | null
}

/** The question that is put to the person, if there is one. Main shows it, in a dialog of its own. */
export const hostKeyQuestion = createStore<{ readonly asked: HostKeyToCompare | null }>(() => ({ asked: null }))

/** Reads the facts of a failure `host-key-unknown`; null when they don't say what was shown. */
export const shownHostKey = (facts: Readonly<Record<string, string>>): Omit<HostKeyToCompare, 'onTrusted'> | null => {
  const { name, port, type = '', fingerprint, published = null } = facts
  return name === undefined || port === undefined || fingerprint === undefined
    ? null
    : { host: name, port: Number(port), type, fingerprint, published }
}

/** Shows what the host shows, and goes on when it is trusted. */
export const askAboutHostKey = (facts: Readonly<Record<string, string>>, onTrusted?: () => void): void => {
  const shown = shownHostKey(facts)
  if (shown === null) navigate('/host-keys')
  else hostKeyQuestion.setState({ asked: { ...shown, onTrusted: onTrusted ?? null } })
}
