import { settleMs } from './consent-messages'

/** When the verb of the dialog can be chosen. */
export interface Readiness {
  /** What the person sees has changed: a moment has to pass from now on. */
  begin(): void
  /** A key or a button of the pointer was pressed. While the moment passes, it was meant for what was there before. */
  pressed(): void
}

/**
 * The verb can be chosen when all of the dialog was in sight, and it has been in front, with nothing pressed, for a moment:
 * somebody who types or clicks fast when it comes up answers nothing.
 */
export const createReadiness = (parts: {
  /** Whether the dialog is in front, and all of it was in sight. */
  readonly isRead: () => boolean
  readonly enable: (ready: boolean) => void
}): Readiness => {
  let ready = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const set = (now: boolean) => {
    ready = now
    parts.enable(now)
  }
  const begin = () => {
    clearTimeout(timer)
    set(false)
    // A little longer than main counts, so that no click is lost.
    if (parts.isRead()) timer = setTimeout(() => set(true), settleMs + 50)
  }
  return { begin, pressed: () => void (ready || begin()) }
}
