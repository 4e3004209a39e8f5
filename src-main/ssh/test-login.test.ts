import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { listen } from '../testing/loopback-server'
import { startSshServer, type TestSshServer } from '../testing/ssh-server'
import { createKeyPair, type KeyPair } from './key-pair'
import { formatKnownHost } from './known-hosts'
import { openSshLogin } from './ssh-login'
import { testLogin } from './test-login'

let root: string
let server: TestSshServer
let known: KeyPair
let stranger: KeyPair

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'login-'))
  writeFileSync(join(root, 'banner'), 'Authenticated to you, says the banner\n')
  server = await startSshServer({ config: ['MaxAuthTries 3', `Banner ${join(root, 'banner')}`] })
  known = await createKeyPair('ed25519', 'known')
  stranger = await createKeyPair('ed25519', 'stranger')
  server.authorize(`command="echo Hello; printf 'and \\033[31mred\\033[0m\\n' >&2; exit 1" ${known.publicKey}`)
})
afterAll(async () => {
  await server.close()
  rmSync(root, { recursive: true })
})
afterEach(() => vi.unstubAllEnvs())

const never = new AbortController().signal
const knownHosts = () => formatKnownHost(server.host, server.port, server.hostKey)

/** Logs in with a pair; everything that was needed for it is gone afterwards. */
const logIn = async (
  pair: KeyPair,
  { hosts = knownHosts(), port = server.port, signal = never, platform = process.platform } = {},
) => {
  const login = await openSshLogin({ kind: 'private', ...pair }, `${hosts}\n`, platform)
  try {
    return await testLogin(login, { user: server.user, host: server.host, port }, signal)
  } finally {
    await login.close()
    expect(() => readdirSync(login.folder)).toThrow('ENOENT')
  }
}

describe('a login that asks for nothing', () => {
  it('succeeds whatever the exit code, and shows the greeting without colours', async () => {
    const { text } = await logIn(known)
    expect(text).toContain('Hello')
    expect(text).toContain('and red')
    expect(text).not.toContain('\x1b')
  })

  it('is not taken in by a banner that claims success', async () => {
    await expect(logIn(stranger)).rejects.toMatchObject({
      code: 'publickey-denied',
      facts: { host: `127.0.0.1:${server.port}` },
    })
  })

  it('trusts nobody who is not in the given lines', async () => {
    await expect(logIn(known, { hosts: '' })).rejects.toMatchObject({ code: 'host-key-unknown' })
    const other = { type: 'ssh-ed25519', blob: Buffer.from(stranger.publicKey.split(' ')[1] ?? '', 'base64') }
    const hosts = formatKnownHost(server.host, server.port, other)
    await expect(logIn(known, { hosts })).rejects.toMatchObject({ code: 'host-key-changed' })
  })

  it('tells a port that nobody listens on from one that hangs up', async () => {
    const closing = await listen(createServer((socket) => socket.destroy()))
    await expect(logIn(known, { port: closing.port })).rejects.toMatchObject({ code: 'connection-closed' })
    await closing.close()
    await expect(logIn(known, { port: closing.port })).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('can be cancelled while the host says nothing', async () => {
    const stop = new AbortController()
    const silent = await listen(createServer(() => stop.abort()))
    await expect(logIn(known, { port: silent.port, signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' })
    await silent.close()
  })

  it('works in a folder whose name ssh and the shell would read as something else', async () => {
    const folder = join(root, `it's 100%h $HOME`)
    mkdirSync(folder)
    vi.stubEnv('XDG_RUNTIME_DIR', folder)
    expect((await logIn(known)).text).toContain('Hello')
    expect(readdirSync(folder)).toEqual([])
  })

  it('offers a file where no private agent can be had', async () => {
    expect((await logIn(known, { platform: 'win32' })).text).toContain('Hello')
  })
})
