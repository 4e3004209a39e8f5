import type { ShownQuestion } from '../../src-preload/consent-question'

declare global {
  interface Window {
    readonly question: ShownQuestion
  }
}

/** Stands for Electron's in a dialog without a main behind it: it gives the page its question, and tells it that it is seen. */
export const ipcRenderer = {
  invoke: async () => window.question,
  send: () => undefined,
  once: (_channel: string, act: () => void) => {
    setTimeout(act, 0)
  },
}
