import { type DeployPhase, deployPhases } from '../../src-preload/contract/entities/app'
import type { Facts } from '../../src-preload/contract/outcome'
import { type ByteLines, byteLines } from '../lines/byte-lines'

/** How a deploy ended on the server. */
export interface DeployEnd {
  readonly at: number
  readonly state: 'succeeded' | 'failed' | 'cancelled' | 'unchanged'
  /** Failure code for `failed`; `paths` for an `unchanged` that the watch paths decided. */
  readonly code: string | null
  readonly facts: Facts
}

/** What a deploy's stream says of it, without its log. Times are the server's, in Unix ms. */
export interface DeployRecord {
  readonly queued: boolean
  readonly startedAt: number | null
  readonly reason: string | null
  readonly branch: string | null
  readonly commit: string | null
  readonly author: string | null
  readonly subject: string | null
  readonly release: string | null
  /** Release that ran when the deploy began, '' where there was none; null: the server did not say. */
  readonly before: string | null
  readonly phases: readonly { readonly phase: DeployPhase; readonly startedAt: number }[]
  /** When `current` was moved to the new release, or null. */
  readonly switchedAt: number | null
  readonly end: DeployEnd | null
}

/** A line of the log as it came, still with everything that must not be shown. */
export interface RawLogLine {
  readonly phase: DeployPhase
  readonly text: string
  /** Bytes that were left out at this place; the text is empty then. */
  readonly cutBytes?: number
}

/** Longest line of a stream that is read, in bytes: more than the server lets a line of a log have. */
const longestLineBytes = 16_384
/** A deploy has a handful of phases; what a server says beyond that is not kept. */
const mostPhases = 100

export const emptyRecord: DeployRecord = {
  queued: false,
  startedAt: null,
  reason: null,
  branch: null,
  commit: null,
  author: null,
  subject: null,
  release: null,
  before: null,
  phases: [],
  switchedAt: null,
  end: null,
}

const isPhase = (text: string): text is DeployPhase => (deployPhases as readonly string[]).includes(text)

const ends = ['succeeded', 'failed', 'cancelled', 'unchanged'] as const

const numberOf = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : 0)

/** One line of the log, or null when the line is an event. */
export const readLogLine = (line: string): RawLogLine | null => {
  if (!/^[LK]\t/.test(line)) return null
  const middle = line.indexOf('\t', 2)
  const phase = middle < 0 ? '' : line.slice(2, middle)
  if (!isPhase(phase)) return null
  const text = line.slice(middle + 1)
  return line.startsWith('L') ? { phase, text } : { phase, text: '', cutBytes: numberOf(text) }
}

/** The record after one more event. Lines that are none of ours change nothing. */
export const readEvent = (record: DeployRecord, line: string): DeployRecord => {
  const [kind, first = '', second = '', third = '', ...rest] = line.split('\t')
  switch (kind) {
    case 'Q':
      return { ...record, queued: true }
    case 'B':
      return {
        ...record,
        queued: false,
        startedAt: numberOf(first),
        reason: second,
        branch: third,
        before: rest[0] ?? null,
      }
    case 'P':
      return isPhase(second) && record.phases.length < mostPhases
        ? { ...record, phases: [...record.phases, { phase: second, startedAt: numberOf(first) }] }
        : record
    case 'C':
      return /^[0-9a-f]{40,64}$/.test(first) ? { ...record, commit: first, author: second, subject: third } : record
    case 'R':
      return { ...record, release: first }
    case 'S':
      return { ...record, switchedAt: numberOf(first), release: second }
    case 'E': {
      const state = ends.find((known) => known === second)
      if (state === undefined) return record
      return { ...record, end: { at: numberOf(first), state, code: third === '' ? null : third, facts: pairs(rest) } }
    }
    default:
      return record
  }
}

/** The record that all these lines make. */
export const readEvents = (text: string): DeployRecord => text.split('\n').reduce(readEvent, emptyRecord)

const pairs = (parts: readonly string[]): Facts =>
  Object.fromEntries(
    parts.flatMap((name, index) => (index % 2 === 0 && name !== '' ? [[name, parts[index + 1] ?? '']] : [])),
  )

/**
 * Cuts the bytes of a stream into its lines and counts those of whole lines: where reading goes on after a cut. What a
 * line has beyond its bound is told of as left out.
 */
export const wholeLines = (
  onLine: (line: string) => void,
  onCut?: (line: string, cutBytes: number) => void,
): ByteLines =>
  byteLines(
    ({ text, droppedBytes }) => {
      onLine(text)
      if (droppedBytes > 0) onCut?.(text, droppedBytes)
    },
    { longestBytes: longestLineBytes },
  )
