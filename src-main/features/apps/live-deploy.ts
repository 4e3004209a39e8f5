import type { Deploy, DeployLogChunk } from '../../../src-preload/contract/entities/app'
import type { Secret } from '../../credentials/secret'
import { type DeployRecord, emptyRecord, readEvent, readLogLine, wholeLines } from '../../deploy/deploy-stream'
import { logLine } from '../../deploy/log-redaction'
import { type DeployContext, toDeploy } from './to-deploy'

/** Lines of a log that are kept here, and characters of them; a server that keeps to its own bounds sends less. */
const kept = 20_000
const keptCharacters = 8 * 1024 * 1024
/** Lines that go to the window at once, and characters of them. */
const atOnce = 2000
const charactersAtOnce = 512 * 1024

/** One deploy as far as it has been read: its events, its log, and where reading goes on. */
export interface LiveDeploy {
  readonly id: string
  readonly appId: string
  deploy(): Deploy
  record(): DeployRecord
  update(change: Partial<Pick<DeployContext, 'alive' | 'ahead' | 'before' | 'after'>>): void
  /** Takes bytes from the place where the last whole line ended. @param fresh a new stream starts, so a half line is void */
  push(chunk: Buffer, fresh: boolean): void
  /** Bytes of the stream that were read as whole lines. */
  offset(): number
  /** Lines from a number on; fewer are kept of a very long log. */
  lines(from: number): DeployLogChunk
  /** Lines that the window was not told of yet, or null. */
  unsent(): DeployLogChunk | null
}

export const createLiveDeploy = (initial: DeployContext, secrets: readonly Secret[]): LiveDeploy => {
  let context = initial
  let record = emptyRecord
  let lines: DeployLogChunk['lines'] = []
  /** Number of the first line that is kept. */
  let first = 0
  let sent = 0
  let base = 0
  let characters = 0
  const keep = (line: DeployLogChunk['lines'][number]) => {
    lines.push(line)
    characters += line.text.length
    if (lines.length <= kept + atOnce && characters <= keptCharacters) return
    // Many at a time, so that moving the rest costs little for each.
    let gone = 0
    for (; gone < lines.length - 1 && (gone < atOnce || characters > keptCharacters / 2); gone += 1) {
      characters -= lines[gone]?.text.length ?? 0
    }
    first += gone
    lines = lines.slice(gone)
  }
  const onLine = (line: string) => {
    const said = readLogLine(line)
    if (said === null) {
      record = readEvent(record, line)
      return
    }
    const { phase, text, cutBytes } = said
    keep(cutBytes === undefined ? { phase, text: logLine(text, secrets) } : { phase, text: '', cutBytes })
  }
  const onCut = (line: string, cutBytes: number) => {
    const said = readLogLine(line)
    if (said !== null) keep({ phase: said.phase, text: '', cutBytes })
  }
  let splitter = wholeLines(onLine, onCut)

  const chunk = (from: number): DeployLogChunk => {
    const start = Math.max(from, first)
    let end = start - first
    let size = 0
    while (end < lines.length && end < start - first + atOnce && size < charactersAtOnce) {
      size += lines[end]?.text.length ?? 0
      end += 1
    }
    return { deployId: context.id, appId: context.appId, from: start, lines: lines.slice(start - first, end) }
  }
  return {
    id: initial.id,
    appId: initial.appId,
    deploy: () => toDeploy(record, context),
    record: () => record,
    update: (change) => {
      context = { ...context, ...change }
    },
    push: (bytes, fresh) => {
      if (fresh) {
        base += splitter.endedBytes()
        splitter = wholeLines(onLine, onCut)
      }
      splitter.push(bytes)
    },
    offset: () => base + splitter.endedBytes(),
    lines: chunk,
    unsent: () => {
      const next = chunk(sent)
      if (next.lines.length === 0) return null
      sent = next.from + next.lines.length
      return next
    },
  }
}
