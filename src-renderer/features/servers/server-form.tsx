import { useState } from 'react'
import type { Server } from '../../../src-preload/contract/entities/server'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { navigate } from '../../location'
import { Button, LinkButton } from '../../ui/button'
import { DialogButtons } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { type RadioChoice, RadioList } from '../../ui/radio-list'
import { Select } from '../../ui/select'
import { useKeys } from '../ssh-keys/use-keys'
import { isHost, isPort } from './server-place'
import style from './servers.module.css'
import { servers } from './use-servers'
import { words } from './words'

type KeyWay = 'keep' | 'new' | 'existing'

const { form } = words

const useKeyChoice = (server: Server | null) => {
  const keys = useKeys() ?? []
  const [way, setWay] = useState<KeyWay>(server === null ? 'new' : 'keep')
  const [existing, setExisting] = useState<string | null>(null)
  const picked = existing ?? keys[0]?.id ?? ''
  const choices: readonly RadioChoice<KeyWay>[] = [
    ...(server === null
      ? [{ value: 'new' as const, label: form.newKey, about: form.newKeyAbout }]
      : [{ value: 'keep' as const, label: form.keepKey }]),
    ...(keys.length === 0
      ? []
      : [
          {
            value: 'existing' as const,
            label: form.existing,
            body: (
              <>
                <Select
                  label={form.existing}
                  value={picked}
                  choices={keys.map((key) => [key.id, `${key.name} · ${key.type}`] as const)}
                  onChange={setExisting}
                />
                <span>
                  <LinkButton onClick={() => navigate('/ssh-keys')}>{form.otherKeys}</LinkButton>
                </span>
              </>
            ),
          },
        ]),
  ]
  return { way, setWay, choices, keyId: way === 'existing' && picked !== '' ? picked : null }
}

/** Where a server is and who logs in. With `server` that one is changed. */
export const ServerForm = (props: {
  readonly server: Server | null
  readonly onDone: (server: Server) => void
  readonly onClose: () => void
}) => {
  const { server } = props
  const [name, setName] = useState(server?.name ?? '')
  const [host, setHost] = useState(server?.host ?? '')
  const [port, setPort] = useState(String(server?.port ?? 22))
  const [user, setUser] = useState(server?.user ?? '')
  const key = useKeyChoice(server)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const complete = isHost(host) && isPort(port) && user.trim() !== ''

  const save = async () => {
    if (!complete) return
    setBusy(true)
    setFailure(null)
    const place = {
      name: name.trim() || host.trim(),
      host: host.trim(),
      port: Number(port),
      user: user.trim(),
      keyId: key.keyId,
    }
    try {
      props.onDone(await (server === null ? servers.add(place) : servers.edit({ ...place, id: server.id })))
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }
  return (
    <form
      className={style.fields}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className={style['place-fields']}>
        <TextField
          label={form.host}
          value={host}
          maxLength={255}
          placeholder={form.hostPlaceholder}
          error={host.trim() !== '' && !isHost(host) ? form.badHost : undefined}
          onText={setHost}
          data-autofocus
        />
        <TextField
          label={form.port}
          value={port}
          inputMode="numeric"
          maxLength={5}
          error={isPort(port) ? undefined : form.badPort}
          onText={setPort}
        />
      </div>
      <TextField
        label={form.user}
        about={form.userAbout}
        value={user}
        maxLength={64}
        placeholder="deploy"
        onText={setUser}
      />
      <TextField
        label={form.name}
        value={name}
        maxLength={80}
        placeholder={host.trim() || form.namePlaceholder}
        onText={setName}
      />
      <RadioList label={form.key} value={key.way} choices={key.choices} onChange={key.setWay} />
      {failure !== null && <FailureCard failure={failure} facts={{ host }} handlers={{ retry: () => void save() }} />}
      <DialogButtons>
        <Button onClick={props.onClose}>{words.cancel}</Button>
        <Button type="submit" look="primary" busy={busy} disabled={!complete}>
          {server === null ? form.add : form.save}
        </Button>
      </DialogButtons>
    </form>
  )
}
