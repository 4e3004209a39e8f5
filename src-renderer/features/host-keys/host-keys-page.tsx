import { useCallback, useEffect, useState } from 'react'
import type { HostKeyEntry } from '../../../src-preload/contract/entities/ssh-key'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { toFailure } from '../../failures/to-failure'
import { useReady } from '../../ready'
import { Button } from '../../ui/button'
import { ConfirmDialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Group, Page, PageHeader } from '../../ui/page'
import { RelativeTime } from '../../ui/relative-time'
import { SkeletonRows } from '../../ui/skeleton'
import style from './host-keys.module.css'
import { words } from './words'

/** Settings › Host keys. */
export const HostKeysPage = () => {
  const [text, setText] = useState('')
  const [entries, setEntries] = useState<readonly HostKeyEntry[] | null>(null)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [forgetting, setForgetting] = useState<HostKeyEntry | null>(null)
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
  return (
    <Page>
      <PageHeader title={words.title} about={words.about} />
      <div className={style.tools}>
        <TextField label={words.filter} type="search" value={text} onText={setText} />
      </div>
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void load() }} />}
      {entries === null && failure === null && <SkeletonRows rows={6} height={56} />}
      {entries?.length === 0 && <p className={style.none}>{words.noMatch}</p>}
      {entries !== null && entries.length > 0 && (
        <Group>
          {entries.map((entry) => (
            <div key={entry.id} className={style.row}>
              <div className={style.words}>
                <p className={style.host}>
                  <bdi>{entry.host}</bdi>
                </p>
                <p className={style.quiet}>
                  <code>
                    {entry.type} {entry.fingerprint}
                  </code>
                </p>
                <p className={style.quiet}>
                  {entry.confirmedAt === null ? (
                    words.from[entry.from]
                  ) : (
                    <>
                      {words.from[entry.from]} <RelativeTime at={entry.confirmedAt} />
                    </>
                  )}
                </p>
              </div>
              {entry.from === 'confirmed' && (
                <Button small onClick={() => setForgetting(entry)}>
                  {words.forget}
                </Button>
              )}
            </div>
          ))}
        </Group>
      )}
      <ConfirmDialog
        open={forgetting !== null}
        title={words.forgetTitle(forgetting?.host ?? '')}
        verb={words.forget}
        cancel={words.cancel}
        onClose={() => setForgetting(null)}
        onConfirm={() => {
          if (forgetting !== null) api.hostKeys.forget({ id: forgetting.id }).then(load, reportFailure)
          setForgetting(null)
        }}
      >
        <p>{words.forgetText}</p>
      </ConfirmDialog>
    </Page>
  )
}
