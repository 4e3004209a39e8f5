import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startKexServer } from '../testing/kex-server'
import { listen } from '../testing/loopback-server'
import { startSilentRelay } from '../testing/silent-relay'
import { startSshServer, type TestSshServer } from '../testing/ssh-server'
import type { HostKey } from './known-hosts'
import { scanHostKeys } from './scan-host-keys'

let server: TestSshServer
beforeAll(async () => {
  server = await startSshServer()
})
afterAll(() => server.close())

const never = new AbortController().signal
const scan = (port: number, signal = never) => scanHostKeys('127.0.0.1', port, signal)

it('finds the keys of a host that speaks first, and of one that waits for the client', async () => {
  const second = await startSilentRelay(server.port)
  for (const { port } of [server, second]) expect(await scan(port)).toEqual([server.hostKey])
  await second.close()
})

it('asks once where a key is shown that will do, and for all where it is another', async () => {
  const { type, blob } = server.hostKey
  const asked: string[] = []
  const expecting = (types: readonly string[], isKnown: boolean) => {
    const expected = {
      types,
      isKnown: (shown: HostKey) => {
        asked.push(shown.type)
        return isKnown && shown.blob.equals(blob)
      },
    }
    return scanHostKeys('127.0.0.1', server.port, never, expected)
  }
  const before = server.connections()
  expect(await expecting(['ssh-rsa', type], true)).toEqual([server.hostKey])
  expect(server.connections() - before).toBe(1)
  for (const types of [[type], ['ssh-rsa'], ['made-up']])
    expect(await expecting(types, false)).toEqual([server.hostKey])
  expect(asked).toEqual([type, type])
})

it('finds those of a host whose key exchange only OpenSSH knows', async () => {
  const modern = await startSshServer({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] })
  const second = await startSilentRelay(modern.port)
  for (const { port } of [modern, second]) expect(await scan(port)).toEqual([modern.hostKey])
  await second.close()
  await modern.close()
})

it('says why there is none', async () => {
  const old = await startKexServer({ hostKey: 'ssh-dss' })
  await expect(scan(old.port)).rejects.toMatchObject({
    code: 'no-common-algorithm',
    facts: { what: 'host-key', theirs: 'ssh-dss', ours: expect.stringMatching(/^ssh-ed25519, .*rsa-sha2-512/) },
  })
  const rude = await listen(createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
  await expect(scan(rude.port)).rejects.toMatchObject({ code: 'connection-closed' })
  const stop = new AbortController()
  const silent = await listen(createServer(() => stop.abort()))
  await expect(scan(silent.port, stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
  for (const one of [old, rude, silent]) await one.close()
  await expect(scan(old.port)).rejects.toMatchObject({ code: 'unreachable' })
})
