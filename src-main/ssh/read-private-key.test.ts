import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { sampleKeys } from '../testing/sample-keys'
import { keyText } from './key-formats/key-text'
import { looksEncrypted, readPrivateKey } from './read-private-key'

const folder = mkdtempSync(join(tmpdir(), 'read-key-'))
afterAll(() => rmSync(folder, { recursive: true }))

let made = 0
const keygen = (...args: string[]): { readonly text: string; readonly publicKey: string } => {
  const file = join(folder, `key-${++made}`)
  execFileSync('ssh-keygen', ['-q', '-C', 'me@laptop', '-f', file, ...args])
  return { text: readFileSync(file, 'utf8'), publicKey: readFileSync(`${file}.pub`, 'utf8').trim() }
}
const blobOf = (publicKey: string) => publicKey.split(' ')[1]

/** The public half as OpenSSH itself reads it from our result. */
const readByOpenSsh = (privateKey: string): string => {
  const file = join(folder, `result-${++made}`)
  writeFileSync(file, privateKey, { mode: 0o600 })
  return execFileSync('ssh-keygen', ['-y', '-P', '', '-f', file], { encoding: 'utf8' })
}

describe('reading a private key', () => {
  it.each([
    ['OpenSSH Ed25519', ['-t', 'ed25519', '-N', ''], ''],
    ['OpenSSH Ed25519 with a passphrase', ['-t', 'ed25519', '-N', 'correct horse', '-a', '4'], 'correct horse'],
    ['OpenSSH RSA', ['-t', 'rsa', '-b', '2048', '-N', ''], ''],
    ['OpenSSH ECDSA', ['-t', 'ecdsa', '-N', ''], ''],
    ['PEM RSA', ['-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', ''], ''],
    ['PEM RSA with a passphrase', ['-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', 'correct horse'], 'correct horse'],
    ['PKCS#8 RSA', ['-t', 'rsa', '-b', '2048', '-m', 'PKCS8', '-N', ''], ''],
    ['PEM ECDSA', ['-t', 'ecdsa', '-m', 'PEM', '-N', ''], ''],
  ])('takes %s', async (_, args, passphrase) => {
    const { text, publicKey } = keygen(...args)
    const read = await readPrivateKey(text, passphrase)
    expect(blobOf(read.publicKey)).toBe(blobOf(publicKey))
    expect(blobOf(readByOpenSsh(read.privateKey))).toBe(blobOf(publicKey))
  })

  it('takes PKCS#8 Ed25519, which OpenSSH itself refuses', async () => {
    const text = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const read = await readPrivateKey(text, '')
    expect(blobOf(readByOpenSsh(read.privateKey))).toBe(blobOf(read.publicKey))
  })

  it('tells a wrong, a missing and a needless passphrase apart', async () => {
    const locked = keygen('-t', 'ed25519', '-N', 'correct horse', '-a', '4')
    await expect(readPrivateKey(locked.text, 'battery')).rejects.toMatchObject({ code: 'passphrase-wrong', facts: {} })
    await expect(readPrivateKey(locked.text, '')).rejects.toMatchObject({
      code: 'passphrase-wrong',
      facts: { reason: 'needed' },
    })
    const open = keygen('-t', 'ed25519', '-N', '')
    await expect(readPrivateKey(open.text, 'needless')).resolves.toBeDefined()
  })

  it.each([
    ['a public key', () => keygen('-t', 'ed25519', '-N', '').publicKey, 'public-key'],
    ['prose', () => 'my key is in the drawer', 'not-a-key'],
    ['a key cut in half', () => keygen('-t', 'ed25519', '-N', '').text.slice(0, 200), 'cut-off'],
  ])('refuses %s by name', async (_, text, reason) => {
    await expect(readPrivateKey(text(), '')).rejects.toMatchObject({ code: 'key-unreadable', facts: { reason } })
  })

  it.each(['3des-cbc', 'aes128-cbc', 'aes192-ctr', 'aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com'])(
    'takes an OpenSSH key that is encrypted with %s',
    async (cipher) => {
      const { text, publicKey } = keygen('-t', 'ed25519', '-N', 'correct horse', '-a', '2', '-Z', cipher)
      expect(looksEncrypted(text)).toBe(true)
      const read = await readPrivateKey(text, 'correct horse')
      expect(blobOf(readByOpenSsh(read.privateKey))).toBe(blobOf(publicKey))
      await expect(readPrivateKey(text, 'battery')).rejects.toMatchObject({ code: 'passphrase-wrong', facts: {} })
    },
  )

  it.each(Object.entries(sampleKeys).filter(([name]) => name !== 'puttyEd448'))('takes %s', async (name, sample) => {
    const locked = name !== 'puttyOpen'
    expect(looksEncrypted(sample.text)).toBe(locked)
    const read = await readPrivateKey(sample.text, locked ? 'correct horse' : '')
    expect(blobOf(read.publicKey)).toBe(sample.blob)
    expect(blobOf(readByOpenSsh(read.privateKey))).toBe(sample.blob)
    if (!locked) return
    await expect(readPrivateKey(sample.text, 'battery')).rejects.toMatchObject({ code: 'passphrase-wrong', facts: {} })
    await expect(readPrivateKey(sample.text, '')).rejects.toMatchObject({ facts: { reason: 'needed' } })
  })

  it.each([
    ...['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des-ede3-cbc', 'camellia-256-cbc', 'aria-128-cbc'].flatMap(
      (cipher) => ['pkcs8', 'sec1'].map((type) => [type, cipher] as const),
    ),
    ...['aes-256-ofb', 'aes-128-ecb', 'aria-256-ctr', 'camellia-192-ecb', 'sm4-cfb', 'des-ede'].map(
      (cipher) => ['pkcs8', cipher] as const,
    ),
  ])('takes %s with %s, as OpenSSL writes it', async (type, cipher) => {
    // PKCS#8 with Ed25519 is what OpenSSH can't read in our place.
    const { privateKey } = (
      type === 'pkcs8' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
    ) as { privateKey: KeyObject }
    const passphrase = 'correct hörse'
    const text = privateKey.export({ type: type as 'pkcs8', format: 'pem', cipher, passphrase }).toString()
    const read = await readPrivateKey(text, passphrase)
    expect(blobOf(readByOpenSsh(read.privateKey))).toBe(blobOf(read.publicKey))
    await expect(readPrivateKey(text, 'battery')).rejects.toMatchObject({ code: 'passphrase-wrong', facts: {} })
  })

  describe('finds one', () => {
    const once = (make: () => string) => {
      let text: string | null = null
      return () => {
        text ??= make()
        return text
      }
    }
    const open = once(() => keygen('-t', 'ed25519', '-N', '').text)
    const locked = once(() =>
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'correct horse' })
        .toString(),
    )
    const keys: readonly (readonly [string, () => string])[] = [
      ['OpenSSH', open],
      ['PEM', locked],
      ['PuTTY', () => sampleKeys.puttyEcdsa.text],
    ]
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const ways: readonly (readonly [string, (text: string) => string])[] = [
      ['with text around it', (text) => `Hi,\nhere is the key:\n\n${text}\nRegards\n`],
      ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
      ['with CR alone', (text) => text.replaceAll('\n', '\r')],
      ['indented', (text) => `key: |\n${text.replace(/^/gm, '    ')}`],
      ['quoted in a mail', (text) => text.replace(/^/gm, '> ')],
      [
        'behind line numbers',
        (text) =>
          text
            .trimEnd()
            .split('\n')
            .map((line, index) => `${index + 1}\t${line}`)
            .join('\n'),
      ],
      ['as a comment', (text) => text.replace(/^/gm, '# ')],
      ['in one line with spaces', (text) => text.replaceAll('\n', ' ')],
      ['with literal \\n', (text) => `SSH_KEY="${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}"`],
      ['with literal \\r\\n', (text) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\r\\n')],
      ['in JSON', (text) => JSON.stringify({ user: 'me', private_key: text })],
      ['in JSON in JSON', (text) => JSON.stringify({ secret: JSON.stringify({ key: text }) })],
      [
        'in JavaScript',
        (text) =>
          text
            .trimEnd()
            .split('\n')
            .map((line) => `  "${line.replaceAll('\\', '\\\\')}\\n" +`)
            .join('\n'),
      ],
      ['with PowerShell’s `n', (text) => text.replaceAll('\\', '\\\\').replaceAll('\n', '`n')],
      ['with literal \\x0a', (text) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\x0a')],
      ['with literal \\012', (text) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\012')],
      ['with | for lines', (text) => text.replaceAll('\n', '|')],
      ['with tabs for lines', (text) => text.replaceAll('\n', '\t')],
      ['with a blank behind every line', (text) => text.replaceAll('\n', ' \n')],
      ['as a form sends it', (text) => new URLSearchParams({ key: text }).toString()],
      ['in paragraphs of HTML', (text) => text.replace(/^(.*)$/gm, '<p>$1</p>')],
      ['with colours', (text) => text.replace(/^(.*)$/gm, '\u001b[32m$1\u001b[0m')],
      ['in a comparison of files', (text) => text.replace(/^/gm, '+')],
      ['behind aligned line numbers', (text) => text.trimEnd().replace(/^/gm, () => `  ${++made}  `)],
      ['as cat -A shows it', (text) => text.replace(/$/gm, '$')],
      [
        'in Java',
        (text) =>
          text
            .trimEnd()
            .replaceAll('\\', '\\\\')
            .replace(/^(.*)$/gm, '  + "$1\\n"')
            .replace('  +', 'key ='),
      ],
      ['in base64', base64],
      ['in base64 with literal \\n', (text) => (base64(text).match(/.{1,76}/g) ?? []).join('\\n')],
      ['in base64 with lines', (text) => (base64(text).match(/.{1,76}/g) ?? []).join('\n')],
      ['in base64 twice', (text) => base64(base64(text))],
      ['in a Kubernetes secret', (text) => `data:\n  ssh-privatekey: ${base64(text)}\n  other: eA==\n`],
      ['percent-encoded', encodeURIComponent],
      ['with invisible characters', (text) => `\ufeff${text.replaceAll('\n', '\u200b\n')}`],
      ['with dashes that a word processor made', (text) => text.replaceAll('-----', '—–-')],
      ['as UTF-16 read as bytes', (text) => Buffer.from(text, 'utf16le').toString('latin1')],
    ]
    it.each(keys.flatMap(([kind, make]) => ways.map(([name, way]) => [kind, name, make, way] as const)))(
      'of %s %s',
      async (kind, name, make, way) => {
        const text = make()
        // PuTTY signs the comment, where this sample has a backslash; its labels hold single dashes only.
        const expected = await readPrivateKey(text, 'correct horse')
        const pasted = way(text)
        expect(looksEncrypted(pasted), `${kind} ${name}`).toBe(kind !== 'OpenSSH')
        expect((await readPrivateKey(pasted, 'correct horse')).publicKey).toBe(expected.publicKey)
      },
    )

    it('without its lines at all, and without its first and last one', async () => {
      const text = open()
      const expected = await readPrivateKey(text, '')
      expect((await readPrivateKey(text.replaceAll('\n', ''), '')).publicKey).toBe(expected.publicKey)
      const body = text.split('\n').slice(1, -2).join('\n')
      expect((await readPrivateKey(body, '')).publicKey).toBe(expected.publicKey)
      const pem = locked()
      const flat = pem.replaceAll('\n', '')
      expect((await readPrivateKey(flat, 'correct horse')).publicKey).toBe(
        (await readPrivateKey(pem, 'correct horse')).publicKey,
      )
      const pkcs8 = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
        type: 'pkcs8',
        format: 'der',
      })
      await expect(readPrivateKey(pkcs8.toString('base64'), '')).resolves.toBeDefined()
    })
  })

  it('reads files that hold no plain text', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const { publicKey } = await readPrivateKey(pem, '')
    for (const file of [
      privateKey.export({ type: 'pkcs8', format: 'der' }),
      Buffer.from(`\ufeff${pem}`, 'utf16le'),
      Buffer.from(`\ufeff${pem}`, 'utf16le').swap16(),
      Buffer.from(pem),
    ])
      expect((await readPrivateKey(keyText(file), '')).publicKey).toBe(publicKey)
  })

  it.each([
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQdGBF\n-----END PGP PRIVATE KEY BLOCK-----', 'OpenPGP'],
    ['AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQ', 'age'],
    ['{"kty":"OKP","crv":"Ed25519","d":"x"}', 'JSON Web Key'],
    [
      '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAAA\n---- END SSH2 ENCRYPTED PRIVATE KEY ----',
      'SSH Tectia (ssh.com)',
    ],
    ['PuTTY-User-Key-File-1: ssh-rsa\nEncryption: none\n', 'PuTTY 1'],
    ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'X.509 certificate'],
    ['<RSAKeyValue><Modulus>x</Modulus></RSAKeyValue>', 'XML'],
    [Buffer.from([0x30, 0x82, 4, 0, 2, 1, 3, 0x30, ...Array(90).fill(7)]).toString('latin1'), 'PKCS#12'],
    [Buffer.from([0x30, 0x82, 4, 0, 2, 1, 3, 0x30, ...Array(90).fill(7)]).toString('base64'), 'PKCS#12'],
  ])('names the format of %j', async (text, format) => {
    await expect(readPrivateKey(text, '')).rejects.toMatchObject({
      code: 'key-unreadable',
      facts: { reason: 'other-format', format },
    })
  })

  it('names a type of key that servers do not take, and an encryption that is not read', async () => {
    await expect(readPrivateKey(sampleKeys.puttyEd448.text, 'correct horse')).rejects.toMatchObject({
      code: 'key-type-refused',
      facts: { type: 'ssh-ed448' },
    })
    for (const type of ['ed448', 'x25519'] as const) {
      const pem = generateKeyPairSync(type as 'ed448')
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString()
      await expect(readPrivateKey(pem, '')).rejects.toMatchObject({ code: 'key-type-refused', facts: { type } })
    }
  })

  it.each(['DES-CBC', 'SEED-CBC', 'IDEA-CBC', 'RC2-CBC'])(
    'names %s, of which OpenSSH says something else',
    async (cipher) => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const text = privateKey
        .export({ type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'correct horse' })
        .toString()
        .replace(/DEK-Info: .*/, `DEK-Info: ${cipher},${'0a'.repeat(cipher.startsWith('SEED') ? 16 : 8)}`)
      await expect(readPrivateKey(text, 'correct horse')).rejects.toMatchObject({
        code: 'key-unreadable',
        facts: { reason: 'other-encryption', format: cipher },
      })
    },
  )

  it('finds out at once that a long text holds none', () => {
    const long = 150_000
    for (const part of ['-', 'A', '\\', 'Comment: ', '-----BEGIN ', '-----BEGIN PRIVATE KEY-----', '%41', 'BEGIN X '])
      expect(looksEncrypted(part.repeat(long / part.length))).toBe(false)
  })

  it('never throws anything else, and never what it was given', async () => {
    const { text } = keygen('-t', 'ed25519', '-N', '')
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(255), async (at, byte) => {
        const hostile = text.slice(0, at) + String.fromCharCode(byte) + text.slice(at + 1)
        const error = await readPrivateKey(hostile, '').then(
          () => null,
          (cause: unknown) => cause,
        )
        if (error !== null) expect(error).toMatchObject({ name: 'Failure' })
      }),
      { numRuns: 300 },
    )
  })
})
