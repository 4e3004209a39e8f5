import { byteLines } from '../lines/byte-lines'

/** Longest line that is passed on, in bytes; the rest of a longer one is dropped. */
const longestBytes = 16_384

/**
 * Cuts a stream of bytes into lines at `\n` and at `\r`, with which git redraws its progress.
 * Empty lines are left out. `end` passes on what has no line end.
 */
export const lineSplitter = (
  onLine: (line: string) => void,
): { readonly push: (chunk: Uint8Array) => void; readonly end: () => void } => {
  const { push, end } = byteLines(({ text }) => (text === '' ? undefined : onLine(text)), {
    longestBytes,
    atCarriageReturn: true,
  })
  return { push, end }
}
