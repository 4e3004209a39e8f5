/** What else people take for an SSH private key, by what it holds. The names are those of the standards. */
const formats: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:ssh-|ecdsa-|sk-)\S+ [A-Za-z0-9+/=]+/, 'public-key'],
  [/BEGIN SSH2 PUBLIC KEY|BEGIN (?:RSA |EC )?PUBLIC KEY/, 'public-key'],
  [/\bssh-(?:ed25519|rsa)-cert-v01@openssh\.com|-cert-v01@openssh\.com/, 'public-key'],
  [/BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY/, 'SSH Tectia (ssh.com)'],
  [/SSH PRIVATE KEY FILE FORMAT 1\./, 'SSH-1'],
  [/PuTTY-User-Key-File-1:/, 'PuTTY 1'],
  [/BEGIN PGP /, 'OpenPGP'],
  [/AGE-SECRET-KEY-|BEGIN AGE /, 'age'],
  [/"kty"\s*:/, 'JSON Web Key'],
  [/<RSAKeyValue>/, 'XML'],
  [/BEGIN TSS2 PRIVATE KEY/, 'TPM 2.0'],
  [/BEGIN ENCRYPTED (?:COSIGN|SIGSTORE) PRIVATE KEY/, 'Sigstore'],
  [/BEGIN PKCS ?#?(?:7|12)|BEGIN CMS/, 'PKCS#7'],
  [/BEGIN (?:NEW )?CERTIFICATE REQUEST/, 'certificate request (PKCS#10)'],
  [/BEGIN (?:X509 |TRUSTED )?CERTIFICATE/, 'X.509 certificate'],
  [/BEGIN [A-Z0-9 ]{1,40}PRIVATE KEY-/, 'private key of another kind'],
]

/** Binary formats, by their first bytes in base64: PKCS#12 (RFC 7292) begins with version 3, a Java key store with a number. */
const binary = (text: string): string | null => {
  const bytes = Buffer.from(text.replace(/\s/g, ''), 'latin1')
  const raw = bytes[0] === 0x30 ? bytes : Buffer.from(text, 'base64')
  if (raw.readUIntBE(0, Math.min(raw.length, 4)) === 0xfeedfeed) return 'Java KeyStore'
  return raw[0] === 0x30 && raw.subarray(2, 8).includes(Buffer.from([0x02, 0x01, 0x03])) ? 'PKCS#12' : null
}

/** The name of a format that is known but not read; `public-key` for the public half; null for anything else. */
export const formatOf = (text: string): string | null =>
  formats.find(([looks]) => looks.test(text))?.[1] ?? (text.length < 12 ? null : binary(text))
