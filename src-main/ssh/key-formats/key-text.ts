/** The content of a key file as text: UTF-8, UTF-16 as Windows writes it, and DER as base64. */
export const keyText = (bytes: Buffer): string => {
  if (bytes[0] === 0x30 && bytes.some((byte) => byte > 0x7f)) return bytes.toString('base64')
  const mark = bytes.toString('hex', 0, 2)
  if (mark === 'fffe') return bytes.toString('utf16le', 2)
  if (mark === 'feff' && bytes.length % 2 === 0) return Buffer.from(bytes).swap16().toString('utf16le', 2)
  return bytes.toString('utf8')
}
