import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fingerprint } from '../../ssh/fingerprint'
import { createKeyPair } from '../../ssh/key-pair'
import { formatKnownHost, type HostKey } from '../../ssh/known-hosts'
import { parsePublicKey } from '../../ssh/public-key'
import { scanHostKeys } from '../../ssh/scan-host-keys'
import { openSession } from '../../ssh/session'
import { openSshLogin } from '../../ssh/ssh-login'
import { testLogin } from '../../ssh/test-login'
import { memoryStore } from '../../testing/memory-store'
import { startSilentRelay } from '../../testing/silent-relay'
import { startSshServer, type TestSshServer } from '../../testing/ssh-server'
import { createHostKeyHandlers } from './handlers'
import { type ConfirmedKey, createHostKeyBook } from './host-key-book'
import { createHostLook } from './look-at-host'

const folder = mkdtempSync(join(tmpdir(), 'host-certificates-'))
const authority = join(folder, 'authority')
let server: TestSshServer
let line: string

beforeAll(async () => {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'authority', '-f', authority])
  line = `@cert-authority [127.0.0.*]:* ${readFileSync(`${authority}.pub`, 'utf8')}`
  server = await startSshServer()
  await server.certifyHost(authority, '-n', '127.0.0.1')
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const never = new AbortController().signal
const bench = () => {
  const book = createHostKeyBook('', memoryStore<readonly ConfirmedKey[]>([]), () => 1)
  const hosts = createHostLook(book, scanHostKeys)
  return { book, hosts, handlers: createHostKeyHandlers(book, hosts) }
}

describe('a certificate authority in the book', () => {
  it('is imported with other lines of a known_hosts file, shown for what it is, and forgotten again', async () => {
    const { handlers } = bench()
    const withdrawn = `@revoked * ${line.split(' ').slice(2).join(' ')}`
    expect(await handlers.take({ text: `# ours\n${line}\n\n${withdrawn}not a line\n` })).toBe(2)
    expect(await handlers.take({ text: line })).toBe(0)
    const print = fingerprint(parsePublicKey(readFileSync(`${authority}.pub`, 'utf8')).blob)
    const entries = await handlers.list({ text: '' })
    expect(entries).toMatchObject([
      { host: '[127.0.0.*]:*', marker: 'cert-authority', fingerprint: print, from: 'confirmed' },
      { host: '*', marker: 'revoked' },
    ])
    await handlers.forget({ ids: entries.map(({ id }) => id) })
    expect(await handlers.list({ text: '' })).toEqual([])
    await expect(handlers.take({ text: 'nothing' })).rejects.toMatchObject({ code: 'key-unreadable' })
  })

  it('vouches for a host that was never seen, for the app’s own sessions and for git’s', async () => {
    const { book, hosts } = bench()
    const key = await createKeyPair('ed25519', 'test')
    server.authorize(key.publicKey)
    const { host, port } = server
    expect((await hosts.look(host, port, never)).kind).toBe('unknown')
    await book.take(line)
    expect(await hosts.look(host, port, never)).toEqual({ kind: 'known', hostKey: server.hostKey })
    const second = await startSilentRelay(port)
    expect((await hosts.look(host, second.port, never)).kind).toBe('known')
    await second.close()
    const session = await openSession(server, { kind: 'private', ...key }, await hosts.trust(host, port, never))
    expect((await session.exec('echo in')).stdout.toString()).toBe('in\n')
    session.close()
    const login = await openSshLogin({ kind: 'private', ...key }, book.linesFor(host, port))
    await testLogin(login, server, never).finally(login.close)
    // A key that was confirmed before counts for less than the authority's word on another.
    const other = await createKeyPair('ed25519', 'other')
    const blob = Buffer.from(other.publicKey.split(' ')[1] ?? '', 'base64')
    await book.take(formatKnownHost(host, port, { type: 'ssh-ed25519', blob }))
    expect((await hosts.look(host, port, never)).kind).toBe('known')
  })

  it.each([
    ['*.acme.dev', 'git.acme.dev', 22, true],
    ['*.acme.dev', 'Git.Acme.dev', 2222, true],
    ['[*.acme.dev]:2222', 'git.acme.dev', 2222, true],
    ['[*.acme.dev]:2222', 'git.acme.dev', 22, false],
    ['*.acme.dev,!git.acme.dev', 'git.acme.dev', 2222, false],
    ['*.acme.dev,!git.acme.dev', 'ssh.acme.dev', 2222, true],
    ['acme.dev', 'git.acme.dev', 22, false],
    ['*', '[::1]', 2222, true],
  ])('for %s is asked about %s at port %i: %s', async (patterns, host, port, is) => {
    const { book } = bench()
    const [, , ...key] = line.trim().split(' ')
    await book.take(`@cert-authority ${patterns} ${key.join(' ')}`)
    expect(book.authoritiesFor(host, port) !== '').toBe(is)
    await book.take(`@revoked ${patterns} ${key.join(' ')}`)
    expect(book.authoritiesFor(host, port)).toBe('')
  })

  const revoked = ({ type, blob }: HostKey) => `@revoked * ${type} ${blob.toString('base64')}`
  it.each([
    ['a host with another name', ['-n', 'elsewhere'], '', 'certificate'],
    ['a time that is over', ['-n', '127.0.0.1', '-V', '20200101:20200201'], '', 'certificate'],
    ['a key that was withdrawn', ['-n', '127.0.0.1'], 'key', 'revoked'],
  ])('does not vouch for %s', async (_name, args, withdrawn, reason) => {
    const strange = await startSshServer()
    await strange.certifyHost(authority, ...args)
    const { book, hosts } = bench()
    await book.take(`${line}\n${withdrawn === 'key' ? revoked(strange.hostKey) : ''}`)
    const failure = { code: 'host-key-refused', facts: { reason } }
    const { host, port } = strange
    await expect(hosts.look(host, port, never)).rejects.toMatchObject(failure)
    expect((await hosts.trust(host, port, never)).judge(strange.hostKey)).toMatchObject({ kind: 'refused', reason })
    // A key that a person confirmed counts without an authority; a withdrawn one never does.
    await book.take(formatKnownHost(host, port, strange.hostKey))
    const again = hosts.look(host, port, never).catch(({ facts }) => facts)
    expect(await again).toMatchObject(reason === 'revoked' ? { reason } : { kind: 'known' })
    await strange.close()
  })

  it('vouches for no key that it did not sign, nor once it was withdrawn itself', async () => {
    const { book, hosts } = bench()
    await book.take(line)
    const plain = await startSshServer()
    expect((await hosts.look(plain.host, plain.port, never)).kind).toBe('unknown')
    await plain.close()
    await book.take(`@revoked * ${line.split(' ').slice(2).join(' ')}`)
    expect((await hosts.look(server.host, server.port, never)).kind).toBe('unknown')
  })
})
