import { describe, expect, it } from 'vitest'
import { Secret } from '../credentials/secret'
import { fixedClock } from '../testing/fixed-clock'
import { randomValue } from './authorize'
import { answerTime, createPendingSignIns, type PendingSignIn } from './pending-sign-ins'

const request = (createdAt: number, signIn = 'one'): PendingSignIn => ({
  state: randomValue(),
  verifier: randomValue(),
  signIn,
  provider: 'x',
  host: 'https://git.example',
  clientId: 'c',
  redirectUri: 'cloudaipilot://oauth/callback',
  reconnects: null,
  createdAt,
})

describe('pending sign-ins', () => {
  it('gives each request out once', () => {
    const clock = fixedClock()
    const pending = createPendingSignIns(clock.now)
    const one = request(clock.now())
    pending.add(one)
    expect(pending.take(new Secret(one.state.reveal()))).toEqual({ kind: 'found', pending: one })
    expect(pending.take(one.state)).toEqual({ kind: 'spent' })
  })

  it('does not know a state that is almost right', () => {
    const clock = fixedClock()
    const pending = createPendingSignIns(clock.now)
    const one = request(clock.now())
    pending.add(one)
    const state = one.state.reveal()
    for (const near of [state.slice(0, -1), `${state}x`, state.toLowerCase(), '', ` ${state}`]) {
      expect(pending.take(new Secret(near)).kind).toBe('unknown')
    }
    expect(pending.take(one.state).kind).toBe('found')
  })

  it('keeps a request for ten minutes, also when the clock was set back', () => {
    const clock = fixedClock()
    const pending = createPendingSignIns(clock.now)
    const [early, late, ahead] = [request(clock.now()), request(clock.now()), request(clock.now() + 60_000)]
    for (const one of [early, late, ahead]) pending.add(one)
    clock.advance(answerTime - 1)
    expect(pending.take(early.state).kind).toBe('found')
    clock.advance(1)
    expect(pending.take(late.state).kind).toBe('expired')
    expect(pending.take(late.state).kind).toBe('spent')
    expect(pending.take(ahead.state).kind).toBe('found')
  })

  it('forgets all requests of one sign-in and of no other', () => {
    const clock = fixedClock()
    const pending = createPendingSignIns(clock.now)
    const [first, second, other] = [request(clock.now()), request(clock.now()), request(clock.now(), 'two')]
    for (const one of [first, second, other]) pending.add(one)
    pending.drop('one')
    expect([first, second, other].map(({ state }) => pending.take(state).kind)).toEqual(['spent', 'spent', 'found'])
  })
})
