/** Object identifiers, in DER, of keys and curves that SSH servers do not take (RFC 8410, RFC 5639, SEC 2, RFC 3279). */
const types: readonly (readonly [string, string])[] = [
  ['06032b656e', 'x25519'],
  ['06032b656f', 'x448'],
  ['06032b6571', 'ed448'],
  ['06072a8648ce380401', 'dsa'],
  ['06092a864886f70d01010a', 'rsassa-pss'],
  ['06092a864886f70d010301', 'dh'],
  ['06052b8104000a', 'secp256k1'],
  ['06052b81040021', 'secp224r1'],
  ['06092b2403030208010107', 'brainpoolP256r1'],
  ['06092b240303020801010b', 'brainpoolP384r1'],
  ['06092b240303020801010d', 'brainpoolP512r1'],
]

/** What kind of key a DER private key is where it is none for SSH, or null. */
export const otherTypeOf = (der: Buffer): string | null => {
  // The private number is random, so only what stands around it is looked at.
  const around = `${der.toString('hex', 0, 40)} ${der.toString('hex', Math.max(0, der.length - 120))}`
  return types.find(([oid]) => around.includes(oid))?.[1] ?? null
}
