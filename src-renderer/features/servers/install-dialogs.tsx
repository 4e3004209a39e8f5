import { useState } from 'react'
import type { Server } from '../../../src-preload/contract/entities/server'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { navigate } from '../../location'
import { Button } from '../../ui/button'
import { DialogButtons } from '../../ui/dialog'
import { SecretField } from '../../ui/field'
import { serverPlace } from './run-action'
import style from './servers.module.css'
import { servers } from './use-servers'
import { words } from './words'

/** Asks for a password that is used once: it leaves this component on its way to main and is dropped here. */
const PasswordForm = (props: {
  readonly server: Server
  readonly text: string
  readonly label: string
  readonly about?: string
  readonly verb: string
  readonly optional?: boolean
  readonly run: (password: string) => Promise<unknown>
  readonly onClose: () => void
}) => {
  const { server, onClose } = props
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const ready = props.optional === true || password !== ''
  const submit = async () => {
    if (!ready) return
    setBusy(true)
    setFailure(null)
    const once = password
    setPassword('')
    try {
      await props.run(once)
      onClose()
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }
  const toServer = () => {
    onClose()
    navigate(serverPlace(server.id))
  }
  return (
    <form
      className={style.fields}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <p className={style.quiet}>{props.text}</p>
      <SecretField label={props.label} about={props.about} value={password} onText={setPassword} data-autofocus />
      {failure !== null && (
        <FailureCard
          failure={failure}
          facts={{ host: server.host }}
          words={failure.code === 'access-denied' ? { ...words.wrongPassword, action: null } : undefined}
          handlers={{ retry: () => void submit(), 'show-host-key': toServer, 'check-server': toServer }}
        />
      )}
      <DialogButtons>
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button type="submit" look="primary" busy={busy} disabled={!ready}>
          {props.verb}
        </Button>
      </DialogButtons>
    </form>
  )
}

/** Puts the public key on the server with a password. */
export const InstallKey = ({ server, onClose }: { readonly server: Server; readonly onClose: () => void }) => (
  <PasswordForm
    server={server}
    text={words.installKey.text}
    label={words.installKey.password}
    verb={words.installKey.verb}
    run={(password) => servers.installKey(server.id, password)}
    onClose={onClose}
  />
)

/** Installs the program that receives pushes. */
export const InstallReceiver = ({ server, onClose }: { readonly server: Server; readonly onClose: () => void }) => (
  <PasswordForm
    server={server}
    text={words.installReceiver.text}
    label={words.installReceiver.password}
    about={words.installReceiver.passwordAbout}
    verb={words.installReceiver.verb}
    optional
    run={(password) => servers.installReceiver(server.id, password === '' ? null : password)}
    onClose={onClose}
  />
)
