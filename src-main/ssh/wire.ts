/** Writes and reads the data types of SSH (RFC 4251 section 5). */
export const string = (value: Buffer | string): Buffer => {
  const bytes = Buffer.from(value as Buffer)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Reads one field after the other. @throws RangeError past the end */
export interface WireReader {
  uint32(): number
  uint64(): bigint
  /** Also for `mpint`, whose bytes are kept as they are. */
  string(): Buffer
  rest(): Buffer
  /** Bytes that were read. */
  at(): number
}

export const wireReader = (bytes: Buffer): WireReader => {
  let at = 0
  const uint32 = () => {
    at += 4
    return bytes.readUInt32BE(at - 4)
  }
  return {
    uint32,
    uint64: () => {
      at += 8
      return bytes.readBigUInt64BE(at - 8)
    },
    string: () => {
      const length = uint32()
      if (at + length > bytes.length) throw new RangeError('The field is longer than what is left')
      at += length
      return bytes.subarray(at - length, at)
    },
    rest: () => bytes.subarray(at),
    at: () => at,
  }
}

/** All fields of a value that holds nothing but strings. @throws RangeError where one is cut off */
export const stringsIn = (bytes: Buffer): readonly Buffer[] => {
  const { string, at } = wireReader(bytes)
  const found: Buffer[] = []
  while (at() < bytes.length) found.push(string())
  return found
}
