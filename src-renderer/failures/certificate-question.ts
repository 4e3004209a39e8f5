import { createStore } from 'zustand'

/** A certificate that a host was refused for, and what to do again once it is trusted. */
export interface CertificateQuestion {
  /** `host` or `host:port`. */
  readonly host: string
  readonly onTrusted: (() => void) | null
}

/** The question that is put to the person, if there is one. Main shows it, in a dialog of its own. */
export const certificateQuestion = createStore<{ readonly asked: CertificateQuestion | null }>(() => ({ asked: null }))

/** Shows what the host shows, and goes on when it is trusted. */
export const askAboutCertificate = ({ host }: { readonly host?: string }, onTrusted?: () => void): void => {
  if (host !== undefined) certificateQuestion.setState({ asked: { host, onTrusted: onTrusted ?? null } })
}
