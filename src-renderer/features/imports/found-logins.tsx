import { useState } from 'react'
import type { FoundLogin } from '../../../src-preload/contract/imports'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { Group, Section } from '../../ui/page'
import style from './imports.module.css'
import { words } from './words'

type Refusal = Parameters<typeof FailureCard>[0]['failure']

/** Connects one login, and says what came of it in its place. */
const Row = ({ one }: { readonly one: FoundLogin }) => {
  const [busy, setBusy] = useState(false)
  const [connected, setConnected] = useState<string | null>(null)
  const [failure, setFailure] = useState<Refusal | null>(null)
  const take = async () => {
    setBusy(true)
    setFailure(null)
    try {
      const came = await api.imports.take({ id: one.id })
      if (came.phase === 'connected') setConnected(came.login ?? one.login)
      else setFailure(came.failure ?? { code: 'unexpected', facts: {} })
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <li>
      <div className={style.row}>
        <div className={style.words}>
          <p className={style.login}>
            <bdi>{one.login}</bdi> {one.host.replace(/^https:\/\//, '')}
          </p>
          <p className={style.facts}>{words.sources[one.source]}</p>
        </div>
        {connected === null ? (
          <Button small busy={busy} aria-label={words.takeLogin(one.login, one.host)} onClick={() => void take()}>
            {words.take}
          </Button>
        ) : (
          <p role="status">{words.connected(connected)}</p>
        )}
      </div>
      {failure !== null && <FailureCard failure={failure} />}
    </li>
  )
}

/** Logins of other programs on this computer: looked for on a click, connected one by one. */
export const FoundLogins = () => {
  const [found, setFound] = useState<readonly FoundLogin[] | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Refusal | null>(null)
  const look = async () => {
    setBusy(true)
    setFailure(null)
    try {
      setFound(await api.imports.look())
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section title={words.title} about={words.about}>
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void look() }} />}
      <Group>
        {found !== null && found.length > 0 && (
          <ul className={style.list} aria-label={words.title}>
            {found.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </ul>
        )}
        <div className={style.look}>
          {found?.length === 0 && <p className={style.facts}>{words.none}</p>}
          <Button small busy={busy} onClick={() => void look()}>
            {words.look}
          </Button>
        </div>
      </Group>
    </Section>
  )
}
