import { Failure, type FailureCode } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import type { Vault } from '../credentials/vault'

/** A vault without a disk and without a key, whose door can be shut. */
export interface MemoryVault extends Vault {
  /** While set, every call fails with it, e.g. `keychain-locked`. */
  failing: FailureCode | null
  /** What was written ahead and not given back. */
  readonly arrived: Map<string, Secret>
}

/** @param initial Values by name. */
export const memoryVault = (initial: Readonly<Record<string, string>> = {}): MemoryVault => {
  const records = new Map(Object.entries(initial).map(([name, value]) => [name, new Secret(value)]))
  const vault: MemoryVault = {
    failing: null,
    arrived: new Map(),
    get: async (name) => {
      refuse()
      return records.get(name) ?? null
    },
    set: async (name, value) => {
      refuse()
      records.set(name, value)
    },
    delete: async (name) => {
      refuse()
      records.delete(name)
    },
    writeAhead: async (name) => {
      refuse()
      return {
        write: async (value) => {
          vault.arrived.set(name, value)
        },
        close: async () => {
          vault.arrived.delete(name)
        },
      }
    },
    names: async () => {
      refuse()
      return [...records.keys()].sort()
    },
  }
  const refuse = () => {
    if (vault.failing !== null) throw new Failure(vault.failing)
  }
  return vault
}
