import { describe, expect, it } from 'vitest'
import type { Bridge } from '../src-preload/contract'
import { Failure } from '../src-preload/contract/outcome'
import { createApi } from './client'

const bridgeWith = (list: () => Promise<unknown>): Bridge =>
  ({ accounts: { list }, on: () => () => undefined }) as never

describe('the client', () => {
  it('gives the value', async () => {
    const api = createApi(bridgeWith(async () => ({ ok: true, value: [] })))
    await expect(api.accounts.list()).resolves.toEqual([])
  })

  it('throws the failure with its facts', async () => {
    const failure = { code: 'unreachable', facts: { host: 'x' } }
    const api = createApi(bridgeWith(async () => ({ ok: false, failure })))
    const error = await api.accounts.list().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Failure)
    expect(error).toMatchObject(failure)
  })

  it('calls it unexpected when the call itself fails, and keeps the cause', async () => {
    const cause = new Error('No handler registered')
    const api = createApi(
      bridgeWith(async () => {
        throw cause
      }),
    )
    await expect(api.accounts.list()).rejects.toMatchObject({ code: 'unexpected', cause })
  })
})
