import type { contract } from '../../../src-preload/contract'
import { Failure } from '../../../src-preload/contract/outcome'
import type { ConsentedHandlers } from '../../consented'
import type { JudgePassphrase } from '../../credentials/passphrase/judge-aside'
import { requireStrong } from '../../credentials/passphrase/require-strong'
import type { Secret } from '../../credentials/secret'
import type { EnvelopeVault } from '../../credentials/vault-door'

/** @throws Failure `conflict` where nothing was asked for, as nothing could be done with it */
const typed = (entered: Secret | null, vault: EnvelopeVault): Secret => {
  if (entered === null) throw new Failure('conflict', { state: vault.status().state })
  return entered
}

/**
 * What the window may ask of the vault: its state and its door. Nothing that is in it, and no passphrase: that is typed into
 * main's own dialog.
 */
export const createVaultHandlers = (
  vault: EnvelopeVault,
  judge: JudgePassphrase,
): ConsentedHandlers<typeof contract.vault> => ({
  status: async () => vault.status(),
  retry: () => vault.retry(),
  // Judged here, whatever the dialog has said before. One that was set earlier opens its vault as ever.
  choosePassphrase: async (_, entered) => {
    const chosen = typed(entered, vault)
    await requireStrong(judge, chosen)
    return vault.choosePassphrase(chosen)
  },
  chooseSession: () => vault.chooseSession(),
  unlock: async (_, entered) => vault.unlock(typed(entered, vault)),
  moveTo: ({ holder }) => vault.moveTo(holder),
  startOver: () => vault.startOver(),
})
