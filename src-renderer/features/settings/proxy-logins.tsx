import { useEffect, useState } from 'react'
import type { ProxyLoginEntry } from '../../../src-preload/contract/entities/settings'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { SecretField, TextField } from '../../ui/field'
import { Group, Section } from '../../ui/page'
import style from './settings.module.css'
import { words } from './words'

/** The login of one proxy: asked for where there is none, else shown by its name until it is to be changed. */
const ProxyLogin = (props: {
  readonly entry: ProxyLoginEntry
  readonly onList: (entries: readonly ProxyLoginEntry[]) => void
}) => {
  const { proxy, username: kept } = props.entry
  const [editing, setEditing] = useState(false)
  const [username, setUsername] = useState(kept ?? '')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [busy, setBusy] = useState(false)
  const act = async (call: () => Promise<readonly ProxyLoginEntry[]>) => {
    setBusy(true)
    setFailure(null)
    try {
      props.onList(await call())
      setPassword('')
      setEditing(false)
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className={style.login}
      aria-label={words.proxyLogin(proxy)}
      onSubmit={(event) => {
        event.preventDefault()
        void act(() => api.settings.saveProxyLogin({ proxy, username: username.trim(), password }))
      }}
    >
      <div className={style['login-row']}>
        <p className={style['login-words']}>{kept === null ? words.proxyAsks(proxy) : words.proxyKept(proxy, kept)}</p>
        {kept !== null && !editing && (
          <>
            <Button onClick={() => setEditing(true)}>{words.changeLogin}</Button>
            <Button
              look="quiet"
              busy={busy}
              onClick={() => void act(() => api.settings.removeProxyLogin({ proxy })).then(() => setUsername(''))}
            >
              {words.forgetLogin}
            </Button>
          </>
        )}
      </div>
      {(kept === null || editing) && (
        <>
          <TextField label={words.proxyUser} value={username} maxLength={200} onText={setUsername} />
          <SecretField label={words.proxyPassword} value={password} maxLength={1024} onText={setPassword} />
          <div className={style.buttons}>
            <Button type="submit" look="primary" busy={busy} disabled={username.trim() === '' || password === ''}>
              {words.save}
            </Button>
            {editing && <Button onClick={() => setEditing(false)}>{words.cancel}</Button>}
          </div>
        </>
      )}
      {failure !== null && <FailureCard failure={failure} />}
    </form>
  )
}

/** Logins of proxies that have asked for one; nothing where none has. */
export const ProxyLogins = () => {
  const [entries, setEntries] = useState<readonly ProxyLoginEntry[]>([])
  const [failure, setFailure] = useState<FailureData | null>(null)
  useEffect(() => {
    api.settings.proxyLogins().then(setEntries, (error: unknown) => setFailure(toFailure(error)))
  }, [])
  if (entries.length === 0 && failure === null) return null
  return (
    <Section title={words.proxyLogins}>
      {failure !== null && <FailureCard failure={failure} />}
      {entries.length > 0 && (
        <Group>
          {entries.map((entry) => (
            <ProxyLogin key={entry.proxy} entry={entry} onList={setEntries} />
          ))}
        </Group>
      )}
    </Section>
  )
}
