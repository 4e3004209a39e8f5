import { consentMessages } from '../../src-preload/consent-messages'
import type { EntryVerdict, ShownQuestion } from '../../src-preload/consent-question'

declare global {
  interface Window {
    readonly question: ShownQuestion
    readonly judge: (typed: string) => Promise<EntryVerdict>
  }
}

/** Stands for Electron's in a dialog without a main behind it: it gives the page its question, and tells it that it is seen. */
export const ipcRenderer = {
  invoke: async (channel: string, typed = '') =>
    channel === consentMessages.judge ? window.judge(typed) : window.question,
  send: () => undefined,
  once: (_channel: string, act: () => void) => {
    setTimeout(act, 0)
  },
}
