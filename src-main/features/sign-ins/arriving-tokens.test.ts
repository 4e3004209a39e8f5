import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import { account, type SignInBench, startSignInBench } from '../../testing/sign-in-bench'
import { receivedName } from '../accounts/received-sign-in'

let bench: SignInBench
beforeEach(async () => {
  bench = await startSignInBench()
})
afterEach(() => bench.close())

/** What is safe at the moment at which the account is looked at for the first time. */
const keptMeanwhile = () => {
  const kept: (string | undefined)[] = []
  bench.connectWith = async () => {
    kept.push(bench.vault.arrived.get(receivedName)?.reveal())
    return { kind: 'connected', account, repositoryCount: null }
  }
  return kept
}

it.each([null, 'account-7'])('are kept before anything is done with them (reconnects %s)', async (reconnects) => {
  const kept = keptMeanwhile()
  await bench.start({ reconnects })
  await bench.deliver(await bench.server.agree(bench.opened.at(-1) ?? ''))
  expect(kept[0]).toContain(bench.server.issued.refreshToken)
  expect(JSON.parse(kept[0] ?? '')).toMatchObject({ reconnects })
  expect(bench.vault.arrived.size).toBe(0)
  expect(await bench.vault.names()).toEqual([])
})

it('are kept as well when a code was typed', async () => {
  const kept = keptMeanwhile()
  await bench.start({ way: 'device' })
  bench.server.decide('granted')
  await vi.waitFor(() => {
    bench.clock.advance(5000)
    expect(bench.now().phase).toBe('connected')
  })
  expect(kept[0]).toContain(bench.server.issued.accessToken)
  await vi.waitFor(() => expect(bench.vault.arrived.size).toBe(0))
})

it('leave nothing behind when the sign-in fails or is left', async () => {
  bench.connectWith = async () => {
    throw new Failure('unreachable')
  }
  await bench.start()
  await bench.deliver(await bench.server.agree(bench.opened.at(-1) ?? ''))
  expect(bench.now().phase).toBe('failed')
  expect(bench.vault.arrived.size).toBe(0)
})

it('still connect where the vault has no place for them', async () => {
  bench.vault.writeAhead = async () => {
    throw new Failure('storage-failed')
  }
  await bench.start()
  await bench.deliver(await bench.server.agree(bench.opened.at(-1) ?? ''))
  expect(bench.now().phase).toBe('connected')
})
