import { type KeyHolderName, keyHolders, type VaultStatus } from '../../src-preload/contract/entities/vault'
import { Failure, type FailureData } from '../../src-preload/contract/outcome'
import type { VaultDocument } from './vault-document'
import type { VaultRecords } from './vault-records'

/** What the disk holds: a vault, none, or something that could not be read and that nothing may take the place of. */
export type Found = VaultDocument | 'none' | 'unreadable'

/** Where the vault is on its way to being open. */
export type Phase =
  | { readonly state: 'opening' }
  | { readonly state: 'waiting'; readonly found: Found; readonly failure: FailureData | null }
  | { readonly state: 'choose'; readonly failure: FailureData }
  | { readonly state: 'locked'; readonly document: VaultDocument }
  | { readonly state: 'damaged'; readonly found: Found; readonly failure: FailureData }
  | {
      readonly state: 'open'
      readonly records: VaultRecords
      /** A vault on the disk waits beside this one, which ends with the app. */
      readonly beside: boolean
      readonly canMoveTo: KeyHolderName | null
    }

/** Calls wait as long as this is null; then it is why they fail. Null for an open vault, too. */
export const refusalOf = (phase: Phase): Failure | null => {
  switch (phase.state) {
    case 'opening':
    case 'open':
      return null
    case 'locked':
      return new Failure('vault-locked')
    default:
      return phase.failure === null ? null : new Failure(phase.failure.code, phase.failure.facts)
  }
}

/** What a failed opening leads to. */
export const phaseAfter = (failure: FailureData, found: Found): Phase => {
  if (failure.code === 'vault-locked' && typeof found === 'object') return { state: 'locked', document: found }
  if (failure.code === 'vault-damaged') return { state: 'damaged', found, failure }
  if (failure.code === 'keychain-unavailable' && found === 'none') return { state: 'choose', failure }
  return { state: 'waiting', found, failure }
}

/** Whether a new vault may be started without setting anything aside. */
export const isNew = (phase: Phase): boolean =>
  phase.state === 'choose' || (phase.state === 'waiting' && phase.found === 'none')

/** What the window is told. `titleOf` gives the system's own name of a holder. */
export const statusOf = (
  phase: Phase,
  restored: boolean,
  titleOf: (holder: KeyHolderName) => string | null,
): VaultStatus => {
  const holder = holderOf(phase)
  return {
    state: phase.state,
    holder,
    holderTitle: holder === null ? null : titleOf(holder),
    available: keyHolders.filter((name) => isAvailable(phase, name)),
    canMoveTo: phase.state === 'open' ? phase.canMoveTo : null,
    restored,
    failure: 'failure' in phase ? phase.failure : null,
  }
}

const holderOf = (phase: Phase): KeyHolderName | null => {
  switch (phase.state) {
    case 'opening':
    case 'choose':
      return null
    case 'locked':
      return phase.document.holder.name
    case 'open':
      return phase.records.document().holder.name
    case 'waiting':
    case 'damaged':
      // A new vault asks the keychain first.
      if (phase.found === 'none') return 'keychain'
      return phase.found === 'unreadable' ? null : phase.found.holder.name
  }
}

/** Whom the person can choose now: in an open vault to move to, before that to start with. */
const isAvailable = (phase: Phase, name: KeyHolderName): boolean => {
  if (phase.state === 'opening') return false
  if (phase.state !== 'open') return name === 'session' || (name === 'passphrase' && isNew(phase))
  return name === holderOf(phase) || name === phase.canMoveTo || (name === 'passphrase' && !phase.beside)
}
