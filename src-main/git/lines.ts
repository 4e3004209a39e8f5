import { StringDecoder } from 'node:string_decoder'

/** Longest line that is passed on, in UTF-16 units; the rest of a longer one is dropped. */
const longest = 16_384

/**
 * Cuts a stream of bytes into lines at `\n` and at `\r`, with which git redraws its progress.
 * Empty lines are left out. `end` passes on what has no line end.
 */
export const lineSplitter = (
  onLine: (line: string) => void,
): { readonly push: (chunk: Uint8Array) => void; readonly end: () => void } => {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string) => {
    const pieces = (rest + text).split(/[\r\n]/)
    rest = (pieces.pop() ?? '').slice(0, longest)
    for (const piece of pieces) if (piece !== '') onLine(piece.slice(0, longest))
  }
  return {
    push: (chunk) => take(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))),
    end: () => {
      take(decoder.end())
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}
