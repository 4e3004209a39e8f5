import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FixedClock, fixedClock } from '../../testing/fixed-clock'
import { answerKeychain, type Keyring } from './answer-keychain'
import { createKeychain } from './keychain-client'
import type { KeychainRequest } from './keychain-messages'

/** A process that answers by hand. */
const started: {
  readonly requests: KeychainRequest[]
  readonly answered: (answer: unknown) => void
  readonly exited: () => void
  killed: boolean
}[] = []
let clock: FixedClock
const newKeychain = () =>
  createKeychain((on) => {
    const child = { requests: [] as KeychainRequest[], ...on, killed: false }
    started.push(child)
    return {
      send: (request) => {
        child.requests.push(request)
      },
      kill: () => {
        child.killed = true
      },
    }
  }, clock)

beforeEach(() => {
  clock = fixedClock()
})
afterEach(() => {
  started.length = 0
})

describe('keychain client', () => {
  it('starts one process for many calls and ends it when nothing is asked any more', async () => {
    const keychain = newKeychain()
    expect(started).toHaveLength(0)
    const calls = Promise.all([keychain.getPassword('s', 'a'), keychain.deletePassword('s', 'b')])
    started[0]?.answered({ id: 2, call: 'delete', deleted: true })
    started[0]?.answered({ id: 1, call: 'get', password: 'p' })
    expect(await calls).toEqual(['p', true])
    expect(started).toHaveLength(1)
    clock.advance(2999)
    expect(started[0]?.killed).toBe(false)
    clock.advance(1)
    expect(started[0]?.killed).toBe(true)
    void keychain.findCredentials('s')
    expect(started).toHaveLength(2)
  })

  it.each([
    ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'keychain-locked'],
    [
      'Platform failure: DBus error: Failed to connect to socket /run/user/0/bus: No such file or directory',
      'keychain-unavailable',
    ],
    ['Platform failure: DBus error: The name org.freedesktop.secrets was not provided', 'keychain-unavailable'],
  ])('reads "%s" as %s', async (error, code) => {
    const asked = newKeychain().getPassword('s', 'a')
    started[0]?.answered({ id: 1, call: 'failed', error })
    await expect(asked).rejects.toMatchObject({ code, facts: { detail: error } })
  })

  it('fails what waits when the process ends, and starts another for the next call', async () => {
    const keychain = newKeychain()
    const asked = keychain.getPassword('s', 'a')
    started[0]?.exited()
    await expect(asked).rejects.toMatchObject({ code: 'keychain-unavailable', facts: { reason: 'process-ended' } })
    const again = keychain.getPassword('s', 'a')
    started[1]?.answered({ id: 2, call: 'get', password: null })
    expect(await again).toBeNull()
  })

  it('gives up at once on dismiss, whatever the process says later', async () => {
    const keychain = newKeychain()
    const asked = keychain.setPassword('s', 'a', 'p')
    keychain.dismiss()
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
    expect(started[0]?.killed).toBe(true)
    const again = keychain.getPassword('s', 'a')
    started[0]?.answered({ id: 2, call: 'get', password: 'stale' })
    started[0]?.exited()
    started[1]?.answered({ id: 2, call: 'get', password: 'fresh' })
    expect(await again).toBe('fresh')
  })

  it.each([null, { id: 1 }, { id: 1, call: 'get', password: 7 }, { id: 1, call: 'set' }])(
    'refuses an answer that fits no question: %j',
    async (answer) => {
      const asked = newKeychain().getPassword('s', 'a')
      started[0]?.answered(answer)
      await expect(asked).rejects.toMatchObject({ code: 'keychain-unavailable', facts: { reason: 'bad-answer' } })
    },
  )
})

describe('keychain process', () => {
  const keyringOf = (create: () => void): Keyring => ({
    Entry: class {
      constructor(_service: string, _account: string, options?: object) {
        expect(options).toEqual({ linux: { store: 'secret-service' } })
        create()
      }
      getPassword = () => 'p'
      setPassword = () => {}
      deletePassword = () => false
    },
    findCredentials: () => [{ account: 'a', password: 'p' }],
  })

  it('answers every call, on Linux from the Secret Service alone', () => {
    const keyring = keyringOf(() => {})
    const entry = { id: 1, service: 's', account: 'a' }
    const answer = (request: KeychainRequest) => answerKeychain(keyring, request)
    expect(answer({ ...entry, call: 'get' })).toEqual({ id: 1, call: 'get', password: 'p' })
    expect(answer({ ...entry, call: 'set', password: 'p' })).toEqual({ id: 1, call: 'set' })
    expect(answer({ ...entry, call: 'delete' })).toEqual({ id: 1, call: 'delete', deleted: false })
    expect(answer({ ...entry, call: 'find' })).toEqual({
      id: 1,
      call: 'find',
      credentials: [{ account: 'a', password: 'p' }],
    })
  })

  it('gives a service that is starting up more time, and says at last why', () => {
    const slow = vi.fn(() => {
      throw new Error('Platform failure: DBus error: Did not receive a reply. Possible causes include: ...')
    })
    const request = { id: 1, call: 'get', service: 's', account: 'a' } as const
    expect(answerKeychain(keyringOf(slow), request)).toMatchObject({ call: 'failed' })
    expect(slow).toHaveBeenCalledTimes(8)
    slow.mockClear()
    slow.mockImplementationOnce(() => {
      throw new Error('Did not receive a reply.')
    })
    slow.mockImplementation(() => undefined as never)
    expect(answerKeychain(keyringOf(slow), request)).toMatchObject({ call: 'get' })
  })

  it('does not insist where there is none', () => {
    const none = vi.fn(() => {
      throw new Error('Platform failure: DBus error: Failed to connect')
    })
    expect(answerKeychain(keyringOf(none), { id: 1, call: 'get', service: 's', account: 'a' })).toMatchObject({
      call: 'failed',
      error: 'Platform failure: DBus error: Failed to connect',
    })
    expect(none).toHaveBeenCalledOnce()
  })
})
