import type { Clone, CloneResult } from '../../../src-preload/contract/entities/clone'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { KeyValue } from '../../ui/key-value'
import { formatBytes, formatCount, formatDuration } from '../../ui/numbers'
import { StateMark, StateShape } from '../../ui/state-mark'
import { formatAbsolute } from '../../ui/times'
import style from './clone-sheet.module.css'
import { words } from './words'

/** What the test proved, row by row; what it did not look at has no row. */
export const resultRows = (url: string, result: CloneResult): readonly (readonly [string, string])[] => {
  const rows: readonly (readonly [string, string | null])[] = [
    [words.facts.address, url],
    [words.facts.branch, result.branch],
    [words.facts.commit, result.commit],
    [words.facts.author, result.author],
    [words.facts.date, result.committedAt === null ? null : formatAbsolute(result.committedAt)],
    [words.facts.subject, result.subject],
    [words.facts.branches, result.branches === null ? null : formatCount(result.branches)],
    [words.facts.objects, result.objects === null ? null : formatCount(result.objects)],
    [words.facts.size, result.bytes === null ? null : formatBytes(result.bytes)],
    [words.facts.time, formatDuration(result.milliseconds)],
    [words.facts.folder, result.folder],
  ]
  return rows.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as const]))
}

/** What the clone does not hold yet, with the command that brings it. */
export const leftOutLines = ({ leftOut }: CloneResult): readonly string[] => [
  ...(leftOut !== null && leftOut.submodules > 0 ? [words.submodulesLeft(leftOut.submodules)] : []),
  ...(leftOut !== null && leftOut.largeFiles > 0 ? [words.pointersLeft(leftOut.largeFiles)] : []),
]

/** The card that says it works, to be read and copied. */
export const CloneResultCard = ({ clone, result }: { readonly clone: Clone; readonly result: CloneResult }) => {
  const rows = resultRows(clone.url, result)
  return (
    <section className={style.result} aria-label={words.succeeded}>
      <StateMark tone="good">{words.succeeded}</StateMark>
      {leftOutLines(result).map((line) => (
        <p key={line} className={style.leftOut}>
          <span className={style.leftOutShape}>
            <StateShape tone="warn" />
          </span>
          {line}
        </p>
      ))}
      <KeyValue rows={rows.map(([name, value]) => [name, <bdi key={name}>{value}</bdi>])} />
      <div className={style.resultActions}>
        <CopyButton
          small
          copy={() =>
            api.system.copy({ text: [...rows.map((row) => row.join(': ')), ...leftOutLines(result)].join('\n') })
          }
        >
          {words.copy}
        </CopyButton>
        {result.folder !== null && (
          <Button small onClick={() => void api.clones.reveal({ id: clone.id }).catch(reportFailure)}>
            {words.reveal}
          </Button>
        )}
      </div>
    </section>
  )
}
