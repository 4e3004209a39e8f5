import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isSignInLink, parseDeepLink } from '../../deep-link/parse'
import { type SignInBench, startSignInBench } from '../../testing/sign-in-bench'

let bench: SignInBench

beforeEach(async () => {
  bench = await startSignInBench()
})
afterEach(() => bench.close())

/** Links as an attacker makes them: known parameters in any number, values near the right ones. */
const links = (page: string) => {
  const callback = new URL(page).searchParams.get('redirect_uri') ?? ''
  const state = new URL(page).searchParams.get('state') ?? ''
  const challenge = new URL(page).searchParams.get('code_challenge') ?? ''
  const value = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.constantFrom(challenge, state.slice(1), `${state}A`, state.toUpperCase(), ` ${state}`, state.replace(/.$/, '')),
  )
  const parameter = fc.tuple(fc.constantFrom('code', 'state', 'error', 'iss', 'error_description', 'x'), value)
  return fc.oneof(
    fc.array(parameter, { maxLength: 6 }).map((pairs) => `${callback}?${new URLSearchParams(pairs)}`),
    fc.string().map((text) => `${callback}?code=a&state=${text}`),
    fc.string({ unit: 'binary' }).map((text) => `cloudaipilot:${text}`),
    fc.webUrl(),
    fc.string({ unit: 'binary' }),
  )
}

describe('ten thousand links from outside', () => {
  it('cause no request, open nothing, and end neither the app nor the sign-in that waits', async () => {
    await bench.start()
    const page = bench.opened[0] ?? ''
    await fc.assert(
      fc.asyncProperty(links(page), async (text) => {
        const link = parseDeepLink(text)
        if (isSignInLink(link)) await bench.signIns.handleDeepLink(link)
      }),
      { numRuns: 10_000 },
    )
    expect(bench.server.received).toEqual([])
    expect(bench.opened).toHaveLength(1)
    expect(bench.showWindow).not.toHaveBeenCalled()
    expect(bench.now().phase).toBe('waiting')
    await bench.deliver(await bench.server.agree(page))
    expect(bench.now().phase).toBe('connected')
    expect(bench.server.received).toHaveLength(1)
  }, 60_000)

  it('leave one notice when nothing waits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.base64String({ minLength: 1 }), async (state) => {
        await bench.deliver(`${bench.callback}?code=a&state=${encodeURIComponent(state)}`)
      }),
      { numRuns: 500 },
    )
    expect(bench.server.received).toEqual([])
    expect(bench.notices).toHaveLength(1)
  })
})
