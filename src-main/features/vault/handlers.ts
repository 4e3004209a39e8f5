import type { contract } from '../../../src-preload/contract'
import type { Handlers } from '../../../src-preload/contract/method'
import { Secret } from '../../credentials/secret'
import type { EnvelopeVault } from '../../credentials/vault-door'

/** What the window may ask of the vault: its state and its door. Nothing that is in it. */
export const createVaultHandlers = (vault: EnvelopeVault): Handlers<typeof contract.vault> => ({
  status: async () => vault.status(),
  retry: () => vault.retry(),
  choosePassphrase: ({ passphrase }) => vault.choosePassphrase(new Secret(passphrase)),
  chooseSession: () => vault.chooseSession(),
  unlock: ({ passphrase }) => vault.unlock(new Secret(passphrase)),
  moveTo: ({ holder }) => vault.moveTo(holder),
  startOver: () => vault.startOver(),
})
