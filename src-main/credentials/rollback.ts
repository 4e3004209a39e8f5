import type { Clock } from '../clock'
import type { Log } from '../log/log'
import type { LastSeen } from './last-seen'
import type { HolderRecord } from './vault-document'
import type { VaultRecords } from './vault-records'

/** Notices a vault file that is older than the one that was there last. */
export interface RollbackWatch {
  /**
   * Compares a vault that has just been opened with what is remembered, and remembers its writes from then on. Never rejects.
   * @param restored its last good copy has taken its place, which is said already and may be one write behind
   */
  opened(records: VaultRecords, restored: boolean): Promise<void>
  /** Removes what is kept beside a former holder's key. */
  forget(holder: HolderRecord): Promise<void>
  /** Resolves when the last write is remembered, or can't be. */
  settled(): Promise<void>
}

/**
 * Milliseconds from a write until it is remembered, together with those that follow it: the keychain is a process of its own.
 * What is remembered is only ever behind the file, so a kill raises no alarm; a file that is older by no more than the writes
 * of this time passes for the last one after a kill.
 */
const delayMs = 10_000
/** Milliseconds that the end of the app waits for a keychain. */
const longestEndMs = 1500

/** @see RollbackWatch */
export const createRollbackWatch = (parts: {
  readonly lastSeen: LastSeen
  readonly clock: Clock
  readonly log: Log
  /** The file is older than the last one, and is used nevertheless. */
  readonly onRolledBack: () => void
}): RollbackWatch => {
  const { lastSeen, clock, log, onRolledBack } = parts
  let unnoted: VaultRecords | null = null
  let stopTimer: (() => void) | null = null
  let noting: Promise<void> = Promise.resolve()
  let comparing: Promise<void> = Promise.resolve()

  const note = (): Promise<void> => {
    stopTimer?.()
    stopTimer = null
    noting = noting.then(async () => {
      const records = unnoted
      if (records === null) return
      unnoted = null
      try {
        await lastSeen.set(records.document(), records.key, records.generation())
      } catch (error) {
        log.warn('It is not remembered how often the vault was written', { error })
      }
    })
    return noting
  }

  const compare = async (records: VaultRecords, restored: boolean): Promise<void> => {
    try {
      const seen = await lastSeen.get(records.document(), records.key)
      const opened = records.openedGeneration
      if (seen !== null && opened < (restored ? seen - 1 : seen)) {
        log.warn('The vault is older than the last one', { opened, seen })
        onRolledBack()
      }
      // The next write is newer than both, and ends the alarm.
      await records.continueAfter(seen ?? 0)
      if (seen === null || opened > seen) {
        unnoted = records
        await note()
      }
    } catch (error) {
      log.warn('It could not be seen whether the vault is the last one', { error })
    }
  }

  return {
    opened: (records, restored) => {
      records.onWrite(() => {
        unnoted = records
        stopTimer ??= clock.after(delayMs, () => void note())
      })
      comparing = comparing.then(() => compare(records, restored))
      return comparing
    },
    forget: (holder) => lastSeen.forget(holder),
    settled: () =>
      Promise.race([comparing.then(note), new Promise<void>((resolve) => void clock.after(longestEndMs, resolve))]),
  }
}
