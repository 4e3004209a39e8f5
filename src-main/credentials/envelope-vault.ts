import type { VaultStatus } from '../../src-preload/contract/entities/vault'
import { Failure, type FailureData } from '../../src-preload/contract/outcome'
import type { Clock } from '../clock'
import type { Log } from '../log/log'
import { createKeyKeeping, type KeyHolders } from './key-keeping'
import { moveKey, removeFormerKeys } from './key-moving'
import { type Keep, startVault } from './new-vault'
import { observed } from './observed'
import type { RollbackWatch } from './rollback'
import type { HolderRecord } from './vault-document'
import type { EnvelopeVault } from './vault-door'
import { createMemoryVaultFile, type VaultFile } from './vault-file'
import { type Found, isNew, type Phase, phaseAfter, refusalOf, statusOf } from './vault-phase'
import { createRecords, type VaultRecords } from './vault-records'

/** What a vault needs. */
export interface VaultParts {
  readonly file: VaultFile
  readonly holders: KeyHolders
  readonly clock: Clock
  readonly log: Log
  /** A damaged vault file is kept under the name in `detail`; its last good copy, if there was one, came back. */
  readonly onRestored?: (detail: string) => void
  readonly rollback?: RollbackWatch
}

/** Time after which a keychain that has not answered counts as waiting for a person, in ms. */
const patience = 1500
/** Time after which calls that wait for it give up, in ms. A late answer still opens the vault. */
const limit = 60_000

/** The person's to mend, in the form where it was made; the vault is where it was. */
const isMistake = (error: unknown): boolean => error instanceof Failure && error.code === 'invalid-input'

/** @see EnvelopeVault */
export const createVault = ({ file, holders, clock, log, onRestored, rollback }: VaultParts): EnvelopeVault => {
  const keeping = createKeyKeeping(holders)
  const phase = observed<Phase>({ state: 'opening' })
  let restored = false
  let started = false
  /** The vault in memory, while there is one. */
  let session: VaultRecords | null = null
  let attempts = 0
  let commands: Promise<unknown> = Promise.resolve()

  const status = () => statusOf(phase.get(), restored, keeping.titleOf)
  /** Makes every earlier attempt void; says whether this one still counts. */
  const begin = () => {
    attempts += 1
    const mine = attempts
    return () => mine === attempts
  }
  const fail = (error: unknown, found: Found) => {
    if (!(error instanceof Failure)) log.error('The vault did not open, unexpectedly', { error })
    const { code, facts } = error instanceof Failure ? error : new Failure('unexpected')
    phase.set(phaseAfter({ code, facts: { ...facts } }, found))
  }
  /** Decisions of a person, one at a time. */
  const decide = (command: () => Promise<void>): Promise<VaultStatus> => {
    const done = commands.then(command)
    commands = done.catch(() => undefined)
    return done.then(status)
  }
  const known = async (): Promise<VaultStatus> => {
    while (phase.get().state === 'opening') await phase.next()
    return status()
  }
  const opened = async (): Promise<VaultRecords> => {
    for (;;) {
      const at = phase.get()
      if (at.state === 'open') return at.records
      const refusal = refusalOf(at)
      if (refusal !== null) throw refusal
      await phase.next()
    }
  }

  /** Opens what the disk holds, or starts a new vault there. Never rejects. */
  const openNow = async (): Promise<void> => {
    const isCurrent = begin()
    let found: Found = 'unreadable'
    phase.set({ state: 'opening' })
    let timers: readonly (() => void)[] = []
    const waitingAfter = (ms: number, failure: FailureData | null) =>
      clock.after(ms, () => {
        if (isCurrent()) phase.set({ state: 'waiting', found, failure })
      })
    try {
      const loaded = await file.load()
      found = loaded.document ?? 'none'
      if (loaded.restored || loaded.setAside !== null) {
        restored = true
        onRestored?.(loaded.setAside ?? 'vault.last-good.json')
      }
      timers = [waitingAfter(patience, null), waitingAfter(limit, { code: 'keychain-locked', facts: {} })]
      const records =
        found === 'none'
          ? await startVault(file, keeping.keepInStrongest, isCurrent, keeping.forget)
          : createRecords(file, await keeping.fetch(found), found)
      if (records !== null && isCurrent()) await enterOpen(records)
    } catch (error) {
      if (isCurrent()) fail(error, found)
    } finally {
      for (const stop of timers) stop()
    }
  }
  const enterOpen = async (records: VaultRecords): Promise<void> => {
    // What can't be taken now is still there at the next start.
    await records.takeArrived().catch((error: unknown) => log.warn('What had arrived could not be taken', { error }))
    // What was added in memory meanwhile is newer than what the disk has.
    for (const name of (await session?.names()) ?? []) {
      const added = await session?.get(name)
      if (added) await records.set(name, added)
    }
    session = null
    enterAndTidy(records)
  }
  const enterAndTidy = (records: VaultRecords): void => {
    phase.set({ state: 'open', records, beside: false, canMoveTo: null })
    void lookForBetter()
    void rollback?.opened(records, restored)
    const forget = (former: HolderRecord) => keeping.forget(former).then(() => rollback?.forget(former))
    void removeFormerKeys(records, forget, file, log)
  }
  const lookForBetter = async (): Promise<void> => {
    const at = phase.get()
    if (at.state !== 'open' || at.beside) return
    const canMoveTo = await keeping.betterThan(at.records.document().holder.name)
    if (phase.get() === at && canMoveTo !== at.canMoveTo) phase.set({ ...at, canMoveTo })
  }
  const move = async (records: VaultRecords, keep: Keep): Promise<void> => {
    await moveKey(records, keep, file)
    session = null
    enterAndTidy(records)
  }
  /** Takes the decision away from a keychain that has not answered. */
  const claimNew = (): boolean => {
    const isStillNew = isNew(phase.get())
    if (isStillNew) {
      begin()
      holders.keychain.dismiss()
    }
    return isStillNew
  }
  const openRecords = (): VaultRecords => {
    const at = phase.get()
    if (at.state !== 'open' || at.beside) throw new Failure('conflict', { state: at.state })
    return at.records
  }
  /** A dialog that nobody answers must not hold up the decision for ever. */
  const withLimit = async <T>(asked: Promise<T>): Promise<T> => {
    const stop = clock.after(limit, () => holders.keychain.dismiss())
    try {
      return await asked
    } catch (error) {
      throw error instanceof Failure && error.code === 'cancelled' ? new Failure('keychain-locked') : error
    } finally {
      stop()
    }
  }

  return {
    get: async (name) => (await opened()).get(name),
    set: async (name, value) => (await opened()).set(name, value),
    delete: async (name) => (await opened()).delete(name),
    writeAhead: async (name) => (await opened()).writeAhead(name),
    names: async () => (await opened()).names(),
    status,
    onChange: (listener) => phase.watch(() => listener(status())),
    open: () => {
      if (!started) void openNow()
      started = true
      return known()
    },
    retry: async () => {
      const at = phase.get()
      if (at.state === 'open' && !at.beside) {
        await lookForBetter()
        return status()
      }
      if (at.state !== 'opening') {
        holders.keychain.dismiss()
        void openNow()
      }
      return known()
    },
    choosePassphrase: (passphrase) =>
      decide(async () => {
        const keep: Keep = (id, key) => holders.passphrase(passphrase).keep(id, key)
        if (!isNew(phase.get())) return move(openRecords(), keep)
        try {
          const records = await startVault(file, keep, claimNew, keeping.forget)
          // The keychain answered while the passphrase was worked on.
          if (records === null) throw new Failure('conflict')
          await enterOpen(records)
        } catch (error) {
          if (isNew(phase.get()) && !isMistake(error)) fail(error, 'none')
          throw error
        }
      }),
    chooseSession: async () => {
      const at = phase.get()
      if (at.state === 'opening' || (at.state === 'open' && session === null)) throw new Failure('conflict')
      if (at.state === 'open') return status()
      begin()
      holders.keychain.dismiss()
      session ??= await startVault(createMemoryVaultFile(), holders.session().keep, () => true, keeping.forget)
      if (session !== null) phase.set({ state: 'open', records: session, beside: !isNew(at), canMoveTo: null })
      void lookForBetter()
      return status()
    },
    unlock: (passphrase) =>
      decide(async () => {
        const at = phase.get()
        if (at.state !== 'locked') throw new Failure('conflict', { state: at.state })
        const key = await keeping.fetch(at.document, passphrase)
        if (phase.get() === at) await enterOpen(createRecords(file, key, at.document))
      }),
    moveTo: (name) =>
      decide(async () => {
        const records = openRecords()
        if (name === records.document().holder.name) return
        if (name === 'passphrase' || name === 'session') throw new Failure('invalid-input', { field: 'holder' })
        const holder = name === 'keychain' ? holders.keychain : holders.safeStorage
        await withLimit(move(records, (id, key) => holder.keep(id, key)))
      }),
    startOver: () =>
      decide(async () => {
        const at = phase.get()
        if (at.state === 'opening' || (at.state === 'open' && !at.beside)) {
          throw new Failure('conflict', { state: at.state })
        }
        begin()
        holders.keychain.dismiss()
        try {
          await file.startOver()
        } finally {
          void openNow()
          await known()
        }
      }),
    close: async () => {
      begin()
      const at = phase.get()
      if (at.state === 'open') await at.records.settled()
      await rollback?.settled()
      holders.keychain.dismiss()
    },
  }
}
