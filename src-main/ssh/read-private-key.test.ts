import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readPrivateKey } from './read-private-key'

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
    ['a key cut in half', () => keygen('-t', 'ed25519', '-N', '').text.slice(0, 200), 'format'],
  ])('refuses %s by name', async (_, text, reason) => {
    await expect(readPrivateKey(text(), '')).rejects.toMatchObject({ code: 'key-unreadable', facts: { reason } })
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
