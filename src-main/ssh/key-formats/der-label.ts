const opensshMagic = 'openssh-key-v1\0'

/** Length of a DER header and of what follows it (X.690 section 8.1.3), or null. */
export const derHeader = (bytes: Buffer): { readonly header: number; readonly length: number } | null => {
  const first = bytes[1]
  if (bytes[0] !== 0x30 || first === undefined) return null
  if (first < 0x80) return { header: 2, length: first }
  const size = first & 0x7f
  if (size < 1 || size > 3 || bytes.length < 2 + size) return null
  return { header: 2 + size, length: bytes.readUIntBE(2, size) }
}

/** Whether the bytes are one DER sequence, whole and alone. */
export const isWholeDer = (bytes: Buffer): boolean => {
  const found = derHeader(bytes)
  return found !== null && found.header + found.length === bytes.length
}

/** The label that PEM would give to the bytes of a private key (RFC 5958, RFC 8017, RFC 5915, PROTOCOL.key), or null. */
export const labelOfDer = (bytes: Buffer): string | null => {
  if (bytes.toString('latin1', 0, opensshMagic.length) === opensshMagic) return 'OPENSSH PRIVATE KEY'
  if (!isWholeDer(bytes)) return null
  const at = derHeader(bytes)?.header ?? 0
  const next = bytes[at + 3]
  if (bytes[at] === 0x30) {
    const inner = derHeader(bytes.subarray(at))
    return inner !== null && bytes[at + inner.header + inner.length] === 0x04 ? 'ENCRYPTED PRIVATE KEY' : null
  }
  if (bytes[at] !== 0x02 || bytes[at + 1] !== 1) return null
  const version = bytes[at + 2] ?? 9
  if (next === 0x30 && version <= 1) return 'PRIVATE KEY'
  if (next === 0x02 && version === 0) return 'RSA PRIVATE KEY'
  return next === 0x04 && version === 1 ? 'EC PRIVATE KEY' : null
}
