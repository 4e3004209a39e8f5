/** Size of a key in bits as ssh-keygen counts it: the curve's, or the length of RSA's modulus. */
export const bitsOf = (type: string, blob: Buffer): number => {
  if (type === 'ssh-ed25519') return 256
  const curve = /nistp(\d+)$/.exec(type)?.[1]
  if (curve !== undefined) return Number(curve)
  // RFC 4253 section 6.6: string "ssh-rsa", mpint e, mpint n.
  const modulus = fields(blob)[2]
  if (modulus === undefined) return 0
  const start = modulus.findIndex((byte) => byte !== 0)
  return start < 0 ? 0 : (modulus.length - start - 1) * 8 + (32 - Math.clz32(modulus[start] ?? 0))
}

const fields = (blob: Buffer): readonly Buffer[] => {
  const found: Buffer[] = []
  let at = 0
  while (at + 4 <= blob.length && found.length < 8) {
    const length = blob.readUInt32BE(at)
    if (at + 4 + length > blob.length) break
    found.push(blob.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return found
}

/** The name that ssh-keygen prints in the frame of its picture. */
export const shortName = (type: string): string => {
  if (type === 'ssh-ed25519') return 'ED25519'
  return type === 'ssh-rsa' ? 'RSA' : 'ECDSA'
}
