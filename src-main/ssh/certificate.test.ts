import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { isSigned, parseCertificate } from './certificate'
import { parsePublicKey } from './public-key'
import { misfit } from './verify-host-certificate'

const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
afterAll(() => rmSync(folder, { recursive: true }))
const keygen = (...args: readonly string[]) => execFileSync('ssh-keygen', ['-q', ...args])
let count = 0
const makeKey = (type: string) => {
  count += 1
  const [name = '', bits] = type.split('-')
  const file = join(folder, `key-${count}`)
  keygen('-t', name, ...(bits === undefined ? [] : ['-b', bits]), '-N', '', '-f', file)
  return file
}
const certify = (authority: string, key: string, ...args: readonly string[]) => {
  keygen('-s', authority, '-I', 'ada', ...args, `${key}.pub`)
  const certificate = parseCertificate(readFileSync(`${key}-cert.pub`, 'utf8'))
  if (certificate === null) throw new Error('ssh-keygen wrote no certificate')
  return certificate
}
const types = ['ed25519', 'ecdsa-256', 'ecdsa-384', 'ecdsa-521', 'rsa-2048']
const authority = makeKey('ed25519')
const subject = makeKey('ed25519')

describe('a certificate', () => {
  it.each(types)('of and by a key of type %s is read as ssh-keygen wrote it', (type) => {
    const [by, key] = [makeKey(type), makeKey(type)]
    const certificate = certify(by, key, '-n', 'ada,root', '-z', '42', '-V', '20260101000000Z:20270101000000Z')
    expect(certificate).toMatchObject({
      kind: 'user',
      key: parsePublicKey(readFileSync(`${key}.pub`, 'utf8')).blob,
      authority: parsePublicKey(readFileSync(`${by}.pub`, 'utf8')).blob,
      serial: '42',
      id: 'ada',
      principals: ['ada', 'root'],
      validAfter: Date.UTC(2026, 0, 1) / 1000,
      validBefore: Date.UTC(2027, 0, 1) / 1000,
    })
    expect(isSigned(certificate)).toBe(true)
  })

  it('counts for nothing when one bit of it is another', () => {
    const certificate = certify(authority, subject, '-h', '-n', 'git.acme.dev')
    const line = (blob: Buffer) => `ssh-ed25519-cert-v01@openssh.com ${blob.toString('base64')}`
    fc.assert(
      fc.property(fc.nat(certificate.blob.length * 8 - 1), (bit) => {
        const blob = Buffer.from(certificate.blob)
        blob[bit >> 3] = (blob[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const changed = parseCertificate(line(blob))
        const counts = changed?.authority.equals(certificate.authority) === true && isSigned(changed)
        expect(counts).toBe(false)
      }),
      { numRuns: 300 },
    )
    expect(parseCertificate(`${line(certificate.blob)} comment`)).not.toBeNull()
    expect(parseCertificate(readFileSync(`${subject}.pub`, 'utf8'))).toBeNull()
  })

  const now = Date.UTC(2026, 5, 1) / 1000
  it.each([
    [['-h', '-n', 'git.acme.dev'], null],
    [['-h', '-n', '*.acme.dev'], null],
    [['-h'], null],
    [['-h', '-n', 'acme.dev,other'], 'other-host'],
    [['-h', '-n', 'Git.acme.dev'], 'other-host'],
    [['-h', '-n', 'git?acme.dev,*.acme'], null],
    [['-n', 'git.acme.dev'], 'not-for-hosts'],
    [['-h', '-V', '20200101:20200201'], 'expired'],
    [['-h', '-V', '20300101:20300201'], 'not-yet-valid'],
    [['-h', '-O', 'critical:made-up=1'], 'unknown-option'],
  ])('made with %j is judged for a host as OpenSSH does', (args, why) => {
    expect(misfit(certify(authority, subject, ...args), 'Git.acme.dev', now)).toBe(why)
  })
})
