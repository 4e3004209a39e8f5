import { describe, expect, it, vi } from 'vitest'
import { judgePassphrase } from '../../credentials/passphrase/judge-passphrase'
import type { EnvelopeVault } from '../../credentials/vault-door'
import { createVaultHandlers } from './handlers'

const setUp = () => {
  const choosePassphrase = vi.fn()
  const unlock = vi.fn()
  const vault = { choosePassphrase, unlock } as unknown as EnvelopeVault
  return {
    choosePassphrase,
    unlock,
    handlers: createVaultHandlers(vault, async (passphrase) => judgePassphrase(passphrase.reveal())),
  }
}

describe('a passphrase that the page hands in', () => {
  it.each([
    ['short', 'nine char'],
    ['common', 'Password2026!'],
    ['repeated', 'x7kx7kx7kx7k'],
    ['weak', 'abcdefghijkl'],
  ])('is refused when it is %s, whatever the page thinks of it', async (reason, passphrase) => {
    const { handlers, choosePassphrase } = setUp()
    await expect(handlers.choosePassphrase({ passphrase })).rejects.toMatchObject({
      code: 'invalid-input',
      facts: { field: 'passphrase', reason },
    })
    expect(choosePassphrase).not.toHaveBeenCalled()
  })

  it('is set when it is strong, and a weak one of earlier days still opens its vault', async () => {
    const { handlers, choosePassphrase, unlock } = setUp()
    await handlers.choosePassphrase({ passphrase: 'nine crooked lanterns' })
    expect(choosePassphrase).toHaveBeenCalledOnce()
    await handlers.unlock({ passphrase: 'password' })
    expect(unlock).toHaveBeenCalledOnce()
  })
})
