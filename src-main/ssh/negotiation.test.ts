import { expect, it } from 'vitest'
import { Secret } from '../credentials/secret'
import { type KexLists, startKexServer } from '../testing/kex-server'
import { createKeyPair } from './key-pair'
import { openSession } from './session'
import { openSshLogin } from './ssh-login'
import { testLogin } from './test-login'

const rows: readonly (readonly [string, KexLists, ours: RegExp])[] = [
  ['kex', { kex: 'made-up-1,made-up-2' }, /curve25519-sha256/],
  ['host-key', { hostKey: 'made-up-1,made-up-2' }, /ssh-ed25519/],
  ['cipher', { cipher: 'made-up-1,made-up-2' }, /aes256-ctr/],
  ['mac', { mac: 'made-up-1,made-up-2' }, /hmac-sha2-256/],
  ['compression', { compression: 'made-up-1,made-up-2' }, /none/],
]

it.each(rows)(
  'names %s with both sides’ lists, for the app’s own sessions and for git’s',
  async (what, lists, ours) => {
    const server = await startKexServer(lists)
    const pair = await createKeyPair('ed25519', 'test')
    const place = { host: '127.0.0.1', port: server.port, user: 'ada' }
    const login = await openSshLogin({ kind: 'private', ...pair }, '')
    try {
      const facts = { what, theirs: 'made-up-1, made-up-2', ours: expect.stringMatching(ours) }
      const judge = () => ({ kind: 'unknown' }) as const
      const way = { kind: 'private', ...pair, privateKey: new Secret(pair.privateKey.reveal()) } as const
      const wanted = { code: 'no-common-algorithm', facts }
      await expect(openSession(place, way, { known: '', judge })).rejects.toMatchObject(wanted)
      await expect(testLogin(login, place, new AbortController().signal)).rejects.toMatchObject(wanted)
    } finally {
      await login.close()
      await server.close()
    }
  },
)
