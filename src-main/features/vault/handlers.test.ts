import { is } from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { contract } from '../../../src-preload/contract'
import { judgePassphrase } from '../../credentials/passphrase/judge-passphrase'
import { Secret } from '../../credentials/secret'
import type { EnvelopeVault } from '../../credentials/vault-door'
import { createVaultHandlers } from './handlers'

const setUp = () => {
  const choosePassphrase = vi.fn()
  const unlock = vi.fn()
  const vault = { choosePassphrase, unlock, status: () => ({ state: 'open' }) } as unknown as EnvelopeVault
  return {
    choosePassphrase,
    unlock,
    handlers: createVaultHandlers(vault, async (passphrase) => judgePassphrase(passphrase.reveal())),
  }
}

describe('a passphrase that was typed into the dialog', () => {
  it.each([
    ['short', 'nine char'],
    ['common', 'Password2026!'],
    ['repeated', 'x7kx7kx7kx7k'],
    ['weak', 'abcdefghijkl'],
  ])('is refused when it is %s, whatever the dialog thinks of it', async (reason, passphrase) => {
    const { handlers, choosePassphrase } = setUp()
    await expect(handlers.choosePassphrase(undefined, new Secret(passphrase))).rejects.toMatchObject({
      code: 'invalid-input',
      facts: { field: 'passphrase', reason },
    })
    expect(choosePassphrase).not.toHaveBeenCalled()
  })

  it('is set when it is strong, and a weak one of earlier days still opens its vault', async () => {
    const { handlers, choosePassphrase, unlock } = setUp()
    await handlers.choosePassphrase(undefined, new Secret('nine crooked lanterns'))
    expect(choosePassphrase).toHaveBeenCalledOnce()
    await handlers.unlock(undefined, new Secret('password'))
    expect(unlock).toHaveBeenCalledOnce()
  })

  it('is never taken from the page', async () => {
    for (const { input } of [contract.vault.choosePassphrase, contract.vault.unlock]) {
      expect(is(input, { passphrase: 'a passphrase of the attacker' })).toBe(false)
    }
    const { handlers, choosePassphrase, unlock } = setUp()
    await expect(handlers.choosePassphrase(undefined, null)).rejects.toMatchObject({ code: 'conflict' })
    await expect(handlers.unlock(undefined, null)).rejects.toMatchObject({ code: 'conflict' })
    expect([...choosePassphrase.mock.calls, ...unlock.mock.calls]).toEqual([])
  })
})
