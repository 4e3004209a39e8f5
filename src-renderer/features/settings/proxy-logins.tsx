import { useEffect, useState } from 'react'
import type { ProxyLoginEntry } from '../../../src-preload/contract/entities/settings'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { SecretField, TextField } from '../../ui/field'
import { Section } from '../../ui/page'
import style from './settings.module.css'
import { words } from './words'

const LoginForm = (props: {
  readonly entry: ProxyLoginEntry
  readonly onList: (entries: readonly ProxyLoginEntry[]) => void
}) => {
  const { proxy, username: kept } = props.entry
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
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className={style.saved}
      aria-label={words.proxyLogin(proxy)}
      onSubmit={(event) => {
        event.preventDefault()
        void act(() => api.settings.saveProxyLogin({ proxy, username: username.trim(), password }))
      }}
    >
      <p>{kept === null ? words.proxyAsks(proxy) : words.proxyKept(proxy, kept)}</p>
      <TextField label={words.proxyUser} value={username} maxLength={200} onText={setUsername} />
      <SecretField label={words.proxyPassword} value={password} maxLength={1024} onText={setPassword} />
      {failure !== null && <FailureCard failure={failure} />}
      <div>
        <Button type="submit" look="primary" busy={busy} disabled={username.trim() === '' || password === ''}>
          {words.save}
        </Button>{' '}
        {kept !== null && (
          <Button look="quiet" onClick={() => void act(() => api.settings.removeProxyLogin({ proxy }))}>
            {words.forgetLogin}
          </Button>
        )}
      </div>
    </form>
  )
}

/** Logins of proxies that have asked for one; nothing where none has. */
export const ProxyLogins = () => {
  const [entries, setEntries] = useState<readonly ProxyLoginEntry[]>([])
  useEffect(() => {
    // A vault that is locked shows itself elsewhere.
    api.settings.proxyLogins().then(setEntries, () => undefined)
  }, [])
  if (entries.length === 0) return null
  return (
    <Section title={words.proxyLogins}>
      {entries.map((entry) => (
        <LoginForm key={entry.proxy} entry={entry} onList={setEntries} />
      ))}
    </Section>
  )
}
