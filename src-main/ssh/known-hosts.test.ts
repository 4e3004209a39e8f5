import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { fingerprint } from './fingerprint'
import { formatKnownHost, judgeHostKey, parseKnownHosts } from './known-hosts'
import { parsePublicKey } from './public-key'

const folder = mkdtempSync(join(tmpdir(), 'known-hosts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const makeKey = (name: string) => {
  const file = join(folder, name)
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  return parsePublicKey(readFileSync(`${file}.pub`, 'utf8'))
}
const first = makeKey('first')
const second = makeKey('second')
const bundled = readFileSync(join(import.meta.dirname, '../../resources/known_hosts'), 'utf8')

describe('the book of host keys', () => {
  it('reads every published key', () => {
    const lines = bundled.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
    const book = parseKnownHosts(bundled)
    expect(book).toHaveLength(lines.length)
    expect(book.map(({ blob }) => fingerprint(blob))).toContain('SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU')
  })

  it.each([
    ['a plain name', `git.acme.dev ssh-ed25519 ${first.blob.toString('base64')}`, 22],
    ['a name with a port', `[git.acme.dev]:2222 ssh-ed25519 ${first.blob.toString('base64')}`, 2222],
    ['a wildcard', `*.acme.dev ssh-ed25519 ${first.blob.toString('base64')}`, 22],
    ['several names', `other,git.acme.dev ssh-ed25519 ${first.blob.toString('base64')} comment`, 22],
  ])('knows %s', (_, text, port) => {
    const book = parseKnownHosts(text)
    expect(judgeHostKey(book, 'git.acme.dev', port, first)).toEqual({ kind: 'known' })
    expect(judgeHostKey(book, 'git.acme.dev', port, second).kind).toBe('changed')
    expect(judgeHostKey(book, 'git.acme.dev', port + 1, first).kind).toBe('unknown')
  })

  it('knows names that ssh-keygen hashed', () => {
    const file = join(folder, 'hashed')
    writeFileSync(file, `${formatKnownHost('git.acme.dev', 2222, first)}\n${formatKnownHost('::1', 22, second)}\n`)
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' })
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain('acme')
    const book = parseKnownHosts(text)
    expect(judgeHostKey(book, 'git.acme.dev', 2222, first).kind).toBe('known')
    expect(judgeHostKey(book, '[::1]', 22, second).kind).toBe('known')
  })

  it('refuses revoked, negated and leaked keys', () => {
    const encoded = first.blob.toString('base64')
    const revoked = parseKnownHosts(`@revoked * ssh-ed25519 ${encoded}\ngit.acme.dev ssh-ed25519 ${encoded}`)
    expect(judgeHostKey(revoked, 'git.acme.dev', 22, first)).toEqual({ kind: 'refused', reason: 'revoked' })
    const negated = parseKnownHosts(`*.acme.dev,!git.acme.dev ssh-ed25519 ${encoded}`)
    expect(judgeHostKey(negated, 'git.acme.dev', 22, first).kind).toBe('unknown')
    const leaked = Buffer.from('AAAAB3NzaC1yc2EAAAABIwAAAQEAq2A7hRGmAAAA', 'base64')
    expect(judgeHostKey([], 'github.com', 22, { type: 'ssh-rsa', blob: leaked })).toEqual({
      kind: 'refused',
      reason: 'leaked',
    })
  })

  it('trusts nobody because of a line that it cannot read', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(judgeHostKey(parseKnownHosts(text), 'git.acme.dev', 22, first).kind).toBe('unknown')
      }),
      { numRuns: 2000 },
    )
  })
})
