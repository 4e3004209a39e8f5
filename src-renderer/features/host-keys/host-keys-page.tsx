import { useCallback, useEffect, useState } from 'react'
import type { HostKeyEntry } from '../../../src-preload/contract/entities/ssh-key'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { toFailure } from '../../failures/to-failure'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { Group, Page, PageHeader } from '../../ui/page'
import { RelativeTime } from '../../ui/relative-time'
import { SkeletonRows } from '../../ui/skeleton'
import { AddLinesDialog } from './add-lines'
import style from './host-keys.module.css'
import { words } from './words'

/** A host with all of its keys that have come the same way. */
interface HostRow {
  readonly host: string
  readonly from: HostKeyEntry['from']
  readonly keys: readonly HostKeyEntry[]
}

/** One row a host; those that a person confirmed first, as main lists them. */
const rowsOf = (entries: readonly HostKeyEntry[]): readonly HostRow[] => {
  const rows = new Map<string, HostRow>()
  for (const entry of entries) {
    const name = `${entry.from} ${entry.host}`
    const { host, from } = entry
    rows.set(name, { host, from, keys: [...(rows.get(name)?.keys ?? []), entry] })
  }
  return [...rows.values()]
}

const Row = ({ row, onForget }: { readonly row: HostRow; readonly onForget: () => void }) => {
  const confirmedAt = row.keys[0]?.confirmedAt ?? null
  return (
    <li className={style.row} aria-label={row.host}>
      <div className={style.words}>
        <p className={style.host}>
          <bdi>{row.host}</bdi>
          <span className={style.quiet}>
            {words.from[row.from]} {confirmedAt !== null && <RelativeTime at={confirmedAt} />}
          </span>
        </p>
        {row.keys.map((key) => (
          <p key={key.id} className={style.key}>
            <span className={style.type}>{key.type}</span>{' '}
            <span>
              <code>{key.fingerprint}</code> {key.marker !== null && words.markers[key.marker]}
            </span>
          </p>
        ))}
      </div>
      {row.from === 'confirmed' && (
        <Button small aria-label={words.forgetHost(row.host)} onClick={onForget}>
          {words.forget}
        </Button>
      )}
    </li>
  )
}

/** The name alone: in the book a port stands behind brackets. */
const nameIn = (host: string): string => host.replace(/^\[/, '').replace(/\]?(?::\d+)?$/, '')

/** Settings › Host keys. `?host=` shows that one. */
export const HostKeysPage = ({ params }: { readonly params: Params }) => {
  const [text, setText] = useState(nameIn(params.host ?? ''))
  const [entries, setEntries] = useState<readonly HostKeyEntry[] | null>(null)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [adding, setAdding] = useState(false)
  useReady(entries !== null || failure !== null)
  const load = useCallback(
    () =>
      api.hostKeys.list({ text }).then(
        (list) => {
          setEntries(list)
          setFailure(null)
        },
        (error: unknown) => setFailure(toFailure(error)),
      ),
    [text],
  )
  useEffect(() => void load(), [load])
  const forget = async ({ keys }: HostRow) => {
    try {
      await api.hostKeys.forget({ ids: keys.map(({ id }) => id) })
    } catch (error) {
      reportFailure(error)
    }
    await load()
  }
  return (
    <Page>
      <PageHeader title={words.title} about={words.about} />
      <div className={style.tools}>
        <TextField label={words.filter} type="search" value={text} maxLength={200} onText={setText} />
        <Button onClick={() => setAdding(true)}>{words.add}</Button>
      </div>
      {adding && <AddLinesDialog onAdded={() => void load()} onClose={() => setAdding(false)} />}
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void load() }} />}
      {entries === null && failure === null && <SkeletonRows rows={6} height={56} />}
      {entries?.length === 0 && <p className={style.none}>{words.noMatch}</p>}
      {entries !== null && entries.length > 0 && (
        <Group>
          <ul className={style.list} aria-label={words.list}>
            {rowsOf(entries).map((row) => (
              <Row key={`${row.from} ${row.host}`} row={row} onForget={() => void forget(row)} />
            ))}
          </ul>
        </Group>
      )}
    </Page>
  )
}
