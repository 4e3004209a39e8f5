import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '../credentials/secret'
import { listen } from '../testing/loopback-server'
import { startSshServer, type TestSshServer } from '../testing/ssh-server'
import { fingerprint } from './fingerprint'
import { createKeyPair, type KeyPair } from './key-pair'
import { formatKnownHost, type HostKey, judgeHostKey, parseKnownHosts } from './known-hosts'
import { startPrivateAgent } from './private-agent'
import { openSession, type SshTrust, type SshWay } from './session'
import { openSshLogin } from './ssh-login'
import { testLogin } from './test-login'

let server: TestSshServer
let key: KeyPair
let rsa: KeyPair

beforeAll(async () => {
  server = await startSshServer()
  ;[key, rsa] = await Promise.all([createKeyPair('ed25519', 'test'), createKeyPair('rsa-4096', 'rsa')])
  server.authorize(key.publicKey)
})
afterAll(() => server.close())

const trusting = (hostKey: HostKey = server.hostKey): SshTrust => {
  const known = formatKnownHost(server.host, server.port, hostKey)
  return { known, judge: (shown) => judgeHostKey(parseKnownHosts(known), server.host, server.port, shown) }
}
const own = (): SshWay => ({ kind: 'private', ...key })
const open = (way = own(), trust = trusting(), options = {}) => openSession(server, way, trust, options)

describe('a session', () => {
  it('runs commands with data on their input, and says how they ended', async () => {
    const session = await open()
    const hostile = '$(touch /tmp/never) `id` "\'\n\u0007 -- ü'
    expect((await session.exec('cat', { input: hostile })).stdout.toString()).toBe(hostile)
    expect(await session.exec('echo no >&2; exit 3')).toMatchObject({ code: 3, stderr: 'no\n' })
    expect((await session.exec('kill -9 $$')).code).toBeNull()
    expect((await session.exec('id -un')).stdout.toString().trim()).toBe(server.user)
    session.close()
    await session.ended
    await expect(session.exec('true')).rejects.toMatchObject({ code: 'connection-closed' })
  })

  it('runs many at once over one connection', async () => {
    const session = await open()
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => session.exec('cat', { input: String(index) })),
    )
    expect(all.map(({ stdout }) => stdout.toString())).toEqual(Array.from({ length: 20 }, (_, index) => String(index)))
    session.close()
  })

  it('runs them one after the other where the server gives one channel at a time', async () => {
    const narrow = await startSshServer({ config: ['MaxSessions 1'] })
    narrow.authorize(key.publicKey)
    const judge = () => ({ kind: 'known' }) as const
    const session = await openSession(narrow, own(), { known: '', judge })
    const running = session.exec('cat; sleep 0.1; echo first')
    const all = Array.from({ length: 8 }, (_, index) => session.exec('cat', { input: String(index) }))
    expect((await running).stdout.toString()).toBe('first\n')
    expect((await Promise.all(all)).map(({ stdout }) => stdout.toString()).sort()).toEqual([...'01234567'])
    expect(session.alive()).toBe(true)
    session.close()
    await narrow.close()
  })

  it('does not wait for what a command leaves running on its channel, once the answer is whole', async () => {
    const session = await open()
    const command = 'sleep 1000 & echo early; sleep 0.1; printf "last"'
    const isWhole = (stdout: Buffer) => stdout.toString().endsWith('last')
    expect(await session.exec(command, { isWhole })).toMatchObject({ code: 0, stdout: Buffer.from('early\nlast') })
    // What is handed on as it comes has no end of its own.
    const seen: string[] = []
    const onOutput = (chunk: Buffer) => seen.push(chunk.toString())
    expect(await session.exec('sleep 1000 & echo last', { timeout: null, onOutput })).toMatchObject({ code: 0 })
    expect(seen.join('')).toBe('last\n')
    session.close()
  })

  it('hands output on as it comes, and ends a command when asked', async () => {
    const session = await open()
    const stop = new AbortController()
    const seen: string[] = []
    const running = session.exec('echo one; cat >/dev/null; sleep 1000', {
      timeout: null,
      signal: stop.signal,
      onOutput: (chunk) => {
        seen.push(chunk.toString())
        stop.abort()
      },
    })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen).toEqual(['one\n'])
    await expect(session.exec('sleep 1000', { timeout: 50 })).rejects.toMatchObject({ code: 'timed-out' })
    await expect(session.exec('yes', { maxOutput: 1000 })).rejects.toMatchObject({ code: 'bad-answer' })
    session.close()
  })

  it('waits no longer for a server that does not answer any more than it is asked to', async () => {
    const session = await open()
    const running = session.exec('cat; sleep 1000', { timeout: null })
    const left = expect(running).rejects.toMatchObject({ code: 'connection-closed' })
    await session.exec('true')
    server.freeze()
    try {
      const stop = new AbortController()
      const asked = session.exec('true', { signal: stop.signal })
      stop.abort()
      await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
      session.destroy()
      await left
      await session.ended
    } finally {
      server.thaw()
    }
  })

  it('ends with its connection, and so does the command that runs', async () => {
    const session = await open()
    const running = session.exec('sleep 1000', { timeout: null })
    const never = expect(running).rejects.toMatchObject({ code: 'connection-closed' })
    await session.exec('true')
    server.cut()
    await never
    await session.ended
    expect(session.alive()).toBe(false)
  })

  it('sends nothing to a host whose key is unknown, changed or refused', async () => {
    const other = await createKeyPair('ed25519', 'other')
    const blob = Buffer.from(other.publicKey.split(' ')[1] ?? '', 'base64')
    await expect(open(own(), trusting({ type: 'ssh-ed25519', blob }))).rejects.toMatchObject({
      code: 'host-key-changed',
      facts: { shown: fingerprint(server.hostKey.blob) },
    })
    await expect(open(own(), { known: '', judge: () => ({ kind: 'unknown' }) })).rejects.toMatchObject({
      code: 'host-key-unknown',
      facts: { fingerprint: fingerprint(server.hostKey.blob), type: 'ssh-ed25519' },
    })
    await expect(
      open(own(), { known: '', judge: () => ({ kind: 'refused', reason: 'leaked' }) }),
    ).rejects.toMatchObject({ code: 'host-key-refused' })
  })

  it('names a key that is not accepted, a cancelled login, a dead port, a silent host and a stranger', async () => {
    const stranger = await createKeyPair('ed25519', 'stranger')
    await expect(open({ kind: 'private', ...stranger })).rejects.toMatchObject({ code: 'publickey-denied' })
    await expect(open(own(), trusting(), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    const silent = await listen(createServer())
    const rude = await listen(createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    const at = (port: number) => openSession({ ...server, port }, own(), trusting(), { timeout: 300 })
    await expect(at(silent.port)).rejects.toMatchObject({ code: 'timed-out' })
    await expect(at(rude.port)).rejects.toMatchObject({ code: 'connection-closed' })
    await silent.close()
    await rude.close()
    await expect(at(silent.port)).rejects.toMatchObject({ code: 'unreachable' })
    const nowhere = openSession({ ...server, host: 'no-such-host.invalid' }, own(), trusting())
    await expect(nowhere).rejects.toMatchObject({ code: 'host-not-found' })
  })

  it('offers one key of an agent and no other', async () => {
    const agent = await startPrivateAgent(key.privateKey)
    try {
      const session = await open({ kind: 'agent', socket: agent.socket, publicKey: key.publicKey })
      expect((await session.exec('echo in')).stdout.toString()).toBe('in\n')
      session.close()
      const absent = await createKeyPair('ed25519', 'absent')
      await expect(open({ kind: 'agent', socket: agent.socket, publicKey: absent.publicKey })).rejects.toMatchObject({
        code: 'publickey-denied',
      })
    } finally {
      await agent.close()
    }
  })

  it('names what a server asks for beside a key that it took, whatever the type of key', async () => {
    const strict = await startSshServer({ config: ['AuthenticationMethods publickey,password'] })
    const known = formatKnownHost(strict.host, strict.port, strict.hostKey)
    const trust = {
      known,
      judge: (shown: HostKey) => judgeHostKey(parseKnownHosts(known), strict.host, strict.port, shown),
    }
    const agent = await startPrivateAgent(key.privateKey)
    try {
      for (const { publicKey } of [key, rsa]) strict.authorize(publicKey)
      const ways: readonly SshWay[] = [
        own(),
        { kind: 'private', ...rsa },
        { kind: 'agent', socket: agent.socket, publicKey: key.publicKey },
      ]
      for (const way of ways) {
        await expect(openSession(strict, way, trust)).rejects.toMatchObject({
          code: 'second-factor-needed',
          facts: { user: strict.user, methods: 'password' },
        })
      }
    } finally {
      await agent.close()
      await strict.close()
    }
  })

  it('takes RSA keys, also in PEM', async () => {
    server.authorize(rsa.publicKey)
    const session = await open({ kind: 'private', ...rsa })
    session.close()
  })

  it('logs in by the certificate of a key that no account lists, of each type, from the vault and from an agent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
    const authority = join(folder, 'authority')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', authority])
    chmodSync(folder, 0o755)
    const place = await startSshServer({ config: [`TrustedUserCAKeys ${authority}.pub`] })
    const known = formatKnownHost(place.host, place.port, place.hostKey)
    const trust = {
      known,
      judge: (shown: HostKey) => judgeHostKey(parseKnownHosts(known), place.host, place.port, shown),
    }
    try {
      for (const [type, bits] of [['ed25519'], ['ecdsa', '384'], ['rsa', '2048']] as const) {
        const file = join(folder, type)
        execFileSync('ssh-keygen', ['-q', '-t', type, ...(bits ? ['-b', bits] : []), '-N', '', '-f', file])
        execFileSync('ssh-keygen', ['-q', '-s', authority, '-I', type, '-n', place.user, `${file}.pub`])
        const [publicKey, certificate] = ['.pub', '-cert.pub'].map((end) =>
          readFileSync(`${file}${end}`, 'utf8').trim(),
        )
        const pair = { privateKey: new Secret(readFileSync(file, 'utf8')), publicKey: publicKey ?? '' }
        const agent = await startPrivateAgent(pair.privateKey)
        const ways: readonly SshWay[] = [
          { kind: 'private', ...pair, certificate: certificate ?? '' },
          { kind: 'agent', socket: agent.socket, publicKey: pair.publicKey, certificate: certificate ?? '' },
        ]
        for (const way of ways) {
          const session = await openSession(place, way, trust)
          expect((await session.exec('id -un')).stdout.toString().trim()).toBe(place.user)
          session.close()
          if (way.kind === 'password') continue
          const login = await openSshLogin(way, `${known}\n`)
          await testLogin(login, place, new AbortController().signal).finally(login.close)
        }
        await expect(openSession(place, { kind: 'private', ...pair }, trust)).rejects.toMatchObject({
          code: 'publickey-denied',
        })
        await agent.close()
      }
    } finally {
      await place.close()
      rmSync(folder, { recursive: true })
    }
  })

  it('takes a password once, where the server takes passwords at all', async () => {
    const wrong = open({ kind: 'password', password: new Secret('not it') })
    await expect(wrong).rejects.toMatchObject({ code: 'access-denied', facts: { why: 'password' } })
    if (server.password === null) {
      // Only root can give a user a password; sshd's refusal above is all there is to see.
      expect(execFileSync('id', ['-u']).toString().trim()).not.toBe('0')
      return
    }
    const session = await open({ kind: 'password', password: new Secret(server.password) })
    expect((await session.exec('id -un')).stdout.toString().trim()).toBe(server.user)
    session.close()
  })
})
