const newline = 0x0a
const carriageReturn = 0x0d

/** One line of a stream. */
export interface ByteLine {
  readonly text: string
  /** Bytes of the line beyond the bound, which are not in `text`. */
  readonly droppedBytes: number
}

export interface ByteLinesOptions {
  /** Longest line that is kept, in bytes. What a longer one has beyond that is counted and dropped. */
  readonly longestBytes: number
  /** Whether `\r` ends a line as well. */
  readonly atCarriageReturn?: boolean
}

export interface ByteLines {
  push(chunk: Uint8Array): void
  /** Hands over what has come of a line without an end, if anything has. */
  end(): void
  /** Bytes of the lines that have ended, with their ends: where reading goes on after a cut. */
  endedBytes(): number
}

/** The length of a text in UTF-8 that ends with a whole character, at most `length`. */
const wholeCharacters = (bytes: Buffer, length: number): number => {
  if (length >= bytes.length) return length
  let at = length
  while (at > 0 && at > length - 4 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1
  return at
}

/**
 * Cuts a stream of bytes into lines. Each byte is looked at once per kind of line end and copied at most once, and no
 * more than one line up to its bound is held, however the stream is cut into chunks and however long a line is.
 */
export const byteLines = (
  onLine: (line: ByteLine) => void,
  { longestBytes, atCarriageReturn = false }: ByteLinesOptions,
): ByteLines => {
  // One byte more than the bound, to see whether a character ends there.
  const room = longestBytes + 1
  let held: Buffer = Buffer.alloc(0)
  let heldBytes = 0
  let lineBytes = 0
  let ended = 0

  const hold = (part: Buffer) => {
    lineBytes += part.length
    const wanted = Math.min(part.length, room - heldBytes)
    if (wanted <= 0) return
    if (held.length < heldBytes + wanted) {
      // Doubled, so that all growing together copies no more than a line has.
      const larger = Buffer.allocUnsafe(Math.min(room, Math.max(512, 2 * (heldBytes + wanted))))
      held.copy(larger, 0, 0, heldBytes)
      held = larger
    }
    part.copy(held, heldBytes, 0, wanted)
    heldBytes += wanted
  }
  const handOver = (line: Buffer, length: number) => {
    const shown = length <= longestBytes ? length : wholeCharacters(line, longestBytes)
    onLine({ text: line.toString('utf8', 0, shown), droppedBytes: length - shown })
  }
  const finish = (part: Buffer) => {
    if (lineBytes === 0) return handOver(part, part.length)
    hold(part)
    const length = lineBytes
    const line = held.subarray(0, heldBytes)
    heldBytes = 0
    lineBytes = 0
    handOver(line, length)
  }
  const nextEnd = (chunk: Buffer, byte: number, from: number): number => {
    const at = chunk.indexOf(byte, from)
    return at < 0 ? chunk.length : at
  }

  return {
    endedBytes: () => ended,
    push: (bytes) => {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      let from = 0
      let atNewline = nextEnd(chunk, newline, 0)
      let atReturn = atCarriageReturn ? nextEnd(chunk, carriageReturn, 0) : chunk.length
      for (let end = Math.min(atNewline, atReturn); end < chunk.length; end = Math.min(atNewline, atReturn)) {
        ended += lineBytes + end + 1 - from
        finish(chunk.subarray(from, end))
        from = end + 1
        if (end === atNewline) atNewline = nextEnd(chunk, newline, from)
        else atReturn = nextEnd(chunk, carriageReturn, from)
      }
      if (from < chunk.length) hold(chunk.subarray(from))
    },
    end: () => {
      if (lineBytes === 0) return
      ended += lineBytes
      finish(Buffer.alloc(0))
    },
  }
}
