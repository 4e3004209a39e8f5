import type { Deploy, DeployLogChunk } from '../../../src-preload/contract/entities/app'
import type { Secret } from '../../credentials/secret'
import { type DeployRecord, emptyRecord, readEvent, readLogLine, wholeLines } from '../../deploy/deploy-stream'
import { logLine } from '../../deploy/log-redaction'
import { type DeployContext, toDeploy } from './to-deploy'

/** Lines of a log that are kept here; the server has the rest. */
const kept = 20_000
/** Lines that go to the window at once. */
const atOnce = 2000

/** One deploy as far as it has been read: its events, its log, and where reading goes on. */
export interface LiveDeploy {
  readonly id: string
  readonly appId: string
  deploy(): Deploy
  record(): DeployRecord
  update(change: Partial<Pick<DeployContext, 'alive' | 'ahead' | 'after'>>): void
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
  const onLine = (line: string) => {
    const said = readLogLine(line)
    if (said === null) {
      record = readEvent(record, line)
      return
    }
    lines.push({ phase: said.phase, text: logLine(said.text, secrets) })
    if (lines.length <= kept + atOnce) return
    first += atOnce
    lines = lines.slice(atOnce)
  }
  let splitter = wholeLines(onLine)

  const chunk = (from: number): DeployLogChunk => {
    const start = Math.max(from, first)
    return {
      deployId: context.id,
      appId: context.appId,
      from: start,
      lines: lines.slice(start - first, start - first + atOnce),
    }
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
        base += splitter.read()
        splitter = wholeLines(onLine)
      }
      splitter.push(bytes)
    },
    offset: () => base + splitter.read(),
    lines: chunk,
    unsent: () => {
      const next = chunk(sent)
      if (next.lines.length === 0) return null
      sent = next.from + next.lines.length
      return next
    },
  }
}
