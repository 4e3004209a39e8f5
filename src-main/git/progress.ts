import type { ClonePhase } from '../../src-preload/contract/entities/clone'
import { ownOf } from '../../src-preload/contract/own'

/** What one line of git's progress says. Absent numbers are null. */
export interface GitProgress {
  readonly phase: ClonePhase
  /** 0 to 100. */
  readonly percent: number | null
  readonly objects: number | null
  /** Bytes received so far. */
  readonly bytes: number | null
  readonly bytesPerSecond: number | null
}

const phases: Readonly<Record<string, ClonePhase>> = {
  'Enumerating objects': 'count',
  'Counting objects': 'count',
  'Compressing objects': 'compress',
  'Receiving objects': 'receive',
  'Unpacking objects': 'receive',
  'Resolving deltas': 'resolve',
  'Checking connectivity': 'resolve',
  'Updating files': 'checkout',
  'Checking out files': 'checkout',
  'Filtering content': 'checkout',
}

const units: Readonly<Record<string, number>> = { bytes: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 }

const line =
  /^(?:remote: )?([A-Z][a-z]+(?: [a-z]+){1,2}): +(?:(\d{1,3})% \((\d{1,15})\/\d{1,15}\)|(\d{1,15}))(?:, (\d{1,15}(?:\.\d{1,3})?) (bytes|[KMGT]iB)(?: \| (\d{1,15}(?:\.\d{1,3})?) (bytes|[KMGT]iB)\/s)?)?/

const size = (number: string | undefined, unit: string | undefined): number | null =>
  number === undefined || unit === undefined ? null : Math.round(Number(number) * (ownOf(units, unit) ?? 1))

/** Reads one line of `git clone --progress` (progress.c in git); null for any other line. */
export const parseProgress = (text: string): GitProgress | null => {
  const [, title = '', percent, done, count, bytes, bytesUnit, speed, speedUnit] = line.exec(text) ?? []
  const phase = ownOf(phases, title)
  if (phase === undefined) return null
  return {
    phase,
    percent: percent === undefined ? null : Math.min(100, Number(percent)),
    objects: Number(done ?? count),
    bytes: size(bytes, bytesUnit),
    bytesPerSecond: size(speed, speedUnit),
  }
}
