import { createStore } from 'zustand'

/** A certificate that a host was refused for, and what to do again once it is trusted. */
export interface CertificateQuestion {
  /** `host` or `host:port`. */
  readonly host: string
  /** Why it was refused, as a key of `certificateReasons`; empty when it is not known. */
  readonly why: string
  readonly onTrusted: (() => void) | null
}

/** The question that is put to the person, if there is one. The dialog that shows it lies over any screen. */
export const certificateQuestion = createStore<{ readonly asked: CertificateQuestion | null }>(() => ({ asked: null }))

/** Shows what the host shows, and goes on when it is trusted. */
export const askAboutCertificate = (
  { host, why = '' }: { readonly host?: string; readonly why?: string },
  onTrusted?: () => void,
): void => {
  if (host !== undefined) certificateQuestion.setState({ asked: { host, why, onTrusted: onTrusted ?? null } })
}
