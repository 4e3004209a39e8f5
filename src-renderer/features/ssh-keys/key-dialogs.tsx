import { useState } from 'react'
import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { Button } from '../../ui/button'
import { ConfirmDialog, Dialog, DialogButtons } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { useAccounts } from '../accounts/use-accounts'
import { ChooseKey } from './choose-key'
import { words } from './words'

/** Makes, imports or takes over a key without connecting anything. */
export const NewKeyDialog = (props: { readonly onKey: (key: SshKey) => void; readonly onClose: () => void }) => (
  <Dialog open title={words.make} size={560} onClose={props.onClose}>
    <ChooseKey onKey={props.onKey} onlyNew />
  </Dialog>
)

/** Gives a key another name. */
export const RenameKeyDialog = ({ sshKey, onClose }: { readonly sshKey: SshKey; readonly onClose: () => void }) => {
  const [name, setName] = useState(sshKey.name)
  const save = () => {
    if (name.trim() === '') return
    onClose()
    api.sshKeys.rename({ id: sshKey.id, name }).catch(reportFailure)
  }
  return (
    <Dialog open title={words.renameTitle} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField label={words.name} value={name} maxLength={80} onText={setName} data-autofocus />
        <DialogButtons>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="primary" type="submit" disabled={name.trim() === ''} onClick={save}>
            {words.save}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

/** Asks before a key goes; one that is in use can't, and the dialog says what uses it. */
export const RemoveKeyDialog = ({ sshKey, onClose }: { readonly sshKey: SshKey; readonly onClose: () => void }) => {
  const accounts = useAccounts((state) => state.accounts)
  const users = [
    ...sshKey.accounts.map((id) => {
      const account = accounts?.find((one) => one.id === id)
      return words.accountUser(account?.label || account?.login || id)
    }),
    ...sshKey.usedBy,
  ]
  if (users.length > 0) {
    return (
      <Dialog open title={words.inUseTitle(sshKey.name)} onClose={onClose}>
        <p>{words.inUseText}</p>
        <ul>
          {users.map((user) => (
            <li key={user}>{user}</li>
          ))}
        </ul>
        <DialogButtons>
          <Button onClick={onClose} data-autofocus>
            {words.close}
          </Button>
          <Button
            look="primary"
            onClick={() => {
              onClose()
              navigate('/accounts')
            }}
          >
            {words.done}
          </Button>
        </DialogButtons>
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      open
      title={words.removeTitle(sshKey.name)}
      verb={words.removeVerb}
      cancel={words.cancel}
      onClose={onClose}
      onConfirm={() => {
        onClose()
        api.sshKeys.remove({ id: sshKey.id }).catch(reportFailure)
      }}
    >
      <p>{sshKey.from === 'agent' ? words.removeAgentText : words.removeText}</p>
    </ConfirmDialog>
  )
}
