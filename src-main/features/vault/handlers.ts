import type { contract } from '../../../src-preload/contract'
import type { Handlers } from '../../../src-preload/contract/method'
import type { JudgePassphrase } from '../../credentials/passphrase/judge-aside'
import { requireStrong } from '../../credentials/passphrase/require-strong'
import { Secret } from '../../credentials/secret'
import type { EnvelopeVault } from '../../credentials/vault-door'

/** What the window may ask of the vault: its state and its door. Nothing that is in it. */
export const createVaultHandlers = (vault: EnvelopeVault, judge: JudgePassphrase): Handlers<typeof contract.vault> => ({
  status: async () => vault.status(),
  retry: () => vault.retry(),
  judgePassphrase: ({ passphrase }) => judge(new Secret(passphrase)),
  // Judged here, whatever the page has done before. One that was set earlier opens its vault as ever.
  choosePassphrase: async ({ passphrase }) => {
    const chosen = new Secret(passphrase)
    await requireStrong(judge, chosen)
    return vault.choosePassphrase(chosen)
  },
  chooseSession: () => vault.chooseSession(),
  unlock: ({ passphrase }) => vault.unlock(new Secret(passphrase)),
  moveTo: ({ holder }) => vault.moveTo(holder),
  startOver: () => vault.startOver(),
})
